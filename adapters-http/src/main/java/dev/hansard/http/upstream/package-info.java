// SPDX-License-Identifier: Apache-2.0
/** Connections to upstreams: opened, kept, checked for silence, and thrown away when in doubt. */
@NullMarked
package dev.hansard.http.upstream;

import org.jspecify.annotations.NullMarked;
