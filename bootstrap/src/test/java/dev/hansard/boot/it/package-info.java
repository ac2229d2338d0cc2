// SPDX-License-Identifier: Apache-2.0
/** The shaded jar as a user runs it: a process of its own, over real sockets, killed, starved and overfilled. */
@NullMarked
package dev.hansard.boot.it;

import org.jspecify.annotations.NullMarked;
