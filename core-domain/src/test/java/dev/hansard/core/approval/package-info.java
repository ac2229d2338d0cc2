// SPDX-License-Identifier: Apache-2.0
/** Tests approvals. */
@NullMarked
package dev.hansard.core.approval;

import org.jspecify.annotations.NullMarked;
