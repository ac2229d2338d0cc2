// SPDX-License-Identifier: Apache-2.0
/** Hides what no record may hold. */
@NullMarked
package dev.hansard.core.masking;

import org.jspecify.annotations.NullMarked;
