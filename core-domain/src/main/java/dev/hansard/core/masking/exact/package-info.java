// SPDX-License-Identifier: Apache-2.0
/** Finds values that are known, however they are spelled. */
@NullMarked
package dev.hansard.core.masking.exact;

import org.jspecify.annotations.NullMarked;
