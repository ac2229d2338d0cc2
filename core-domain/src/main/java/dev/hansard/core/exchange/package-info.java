// SPDX-License-Identifier: Apache-2.0
/** Decides on the head of a call and carries the call through. */
@NullMarked
package dev.hansard.core.exchange;

import org.jspecify.annotations.NullMarked;
