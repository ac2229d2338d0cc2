// SPDX-License-Identifier: Apache-2.0
/** The file of a backup: what is in it, how it is written whole or not at all, how it is read back. */
@NullMarked
package dev.hansard.boot.recovery;

import org.jspecify.annotations.NullMarked;
