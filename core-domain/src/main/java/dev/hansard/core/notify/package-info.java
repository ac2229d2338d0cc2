// SPDX-License-Identifier: Apache-2.0
/** Raises alerts once and clears them once, and says so to everybody who should know. */
@NullMarked
package dev.hansard.core.notify;

import org.jspecify.annotations.NullMarked;
