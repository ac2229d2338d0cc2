// SPDX-License-Identifier: Apache-2.0
/** Looks through stored sessions for fields that no rule lists, and proposes rules for them. */
@NullMarked
package dev.hansard.core.masking.scan;

import org.jspecify.annotations.NullMarked;
