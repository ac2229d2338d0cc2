// SPDX-License-Identifier: Apache-2.0
/** Who decides on approvals, and what that comes to. */
@NullMarked
package dev.hansard.core.approval.rule;

import org.jspecify.annotations.NullMarked;
