// SPDX-License-Identifier: Apache-2.0
/** Tests of what reaches the people who decide. */
@NullMarked
package dev.hansard.core.approval.reach;

import org.jspecify.annotations.NullMarked;
