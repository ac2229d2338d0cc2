// SPDX-License-Identifier: Apache-2.0
/** Tests of how failing upstreams are left alone. */
@NullMarked
package dev.hansard.core.circuit;

import org.jspecify.annotations.NullMarked;
