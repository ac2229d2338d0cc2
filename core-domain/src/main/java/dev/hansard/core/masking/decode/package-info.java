// SPDX-License-Identifier: Apache-2.0
/** Brings contents into the form in which they are masked: without content codings, in UTF-8. */
@NullMarked
package dev.hansard.core.masking.decode;

import org.jspecify.annotations.NullMarked;
