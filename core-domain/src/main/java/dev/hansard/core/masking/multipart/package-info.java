// SPDX-License-Identifier: Apache-2.0
/** Masks contents of several parts. */
@NullMarked
package dev.hansard.core.masking.multipart;

import org.jspecify.annotations.NullMarked;
