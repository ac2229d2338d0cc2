// SPDX-License-Identifier: Apache-2.0
/** Finds secrets and personal data by what they look like, wherever they stand. */
@NullMarked
package dev.hansard.core.masking.detect;

import org.jspecify.annotations.NullMarked;
