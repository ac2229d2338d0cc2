// SPDX-License-Identifier: Apache-2.0
/** Masks JSON in place while it comes in: a scanner of our own, and the selectors that say what it hides. */
@NullMarked
package dev.hansard.core.masking.json;

import org.jspecify.annotations.NullMarked;
