// SPDX-License-Identifier: Apache-2.0
/** Deadlines on blocking sockets: what is late is closed from outside. */
@NullMarked
package dev.hansard.http.deadline;

import org.jspecify.annotations.NullMarked;
