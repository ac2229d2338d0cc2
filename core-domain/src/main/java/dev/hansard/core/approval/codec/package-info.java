// SPDX-License-Identifier: Apache-2.0
/** Approvals as bytes. */
@NullMarked
package dev.hansard.core.approval.codec;

import org.jspecify.annotations.NullMarked;
