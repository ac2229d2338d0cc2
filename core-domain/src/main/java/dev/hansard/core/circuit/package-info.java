// SPDX-License-Identifier: Apache-2.0
/** Leaves upstreams alone that keep failing, until they are well again. */
@NullMarked
package dev.hansard.core.circuit;

import org.jspecify.annotations.NullMarked;
