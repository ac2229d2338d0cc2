// SPDX-License-Identifier: Apache-2.0
/** The data listener: takes calls from callers, through the gateway, to upstreams and back. */
@NullMarked
package dev.hansard.http.proxy;

import org.jspecify.annotations.NullMarked;
