// SPDX-License-Identifier: Apache-2.0
/** Whole nodes over real sockets: what callers, upstreams and readers of the record see. */
@NullMarked
package dev.hansard.boot.e2e;

import org.jspecify.annotations.NullMarked;
