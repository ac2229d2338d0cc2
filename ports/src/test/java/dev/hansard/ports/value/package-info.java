// SPDX-License-Identifier: Apache-2.0
/** Tests of the values, and what other modules' tests share. */
@NullMarked
package dev.hansard.ports.value;

import org.jspecify.annotations.NullMarked;
