// SPDX-License-Identifier: Apache-2.0
/** Tests approvals. */
@NullMarked
package dev.hansard.core.approval.codec;

import org.jspecify.annotations.NullMarked;
