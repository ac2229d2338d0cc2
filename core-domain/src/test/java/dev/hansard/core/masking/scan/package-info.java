// SPDX-License-Identifier: Apache-2.0
/** Tests of looking through stored sessions. */
@NullMarked
package dev.hansard.core.masking.scan;

import org.jspecify.annotations.NullMarked;
