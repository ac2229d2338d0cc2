// SPDX-License-Identifier: Apache-2.0
/** What contents are, whatever they are said to be, and the maskers of forms, text and event streams. */
@NullMarked
package dev.hansard.core.masking.format;

import org.jspecify.annotations.NullMarked;
