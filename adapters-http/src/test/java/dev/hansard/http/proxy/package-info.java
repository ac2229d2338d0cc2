// SPDX-License-Identifier: Apache-2.0
/** Tests of the data listener's parts that need no socket. */
@NullMarked
package dev.hansard.http.proxy;

import org.jspecify.annotations.NullMarked;
