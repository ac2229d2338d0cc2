// SPDX-License-Identifier: Apache-2.0
/** Masking as a node does it, from the bytes of a message to those of its record, with all codings. */
@NullMarked
package dev.hansard.boot.masking;

import org.jspecify.annotations.NullMarked;
