// SPDX-License-Identifier: Apache-2.0
/** Puts a node together from its settings, runs it, and takes it down again without losing a call. */
@NullMarked
package dev.hansard.boot.wiring;

import org.jspecify.annotations.NullMarked;
