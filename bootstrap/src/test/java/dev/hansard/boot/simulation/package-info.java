// SPDX-License-Identifier: Apache-2.0
/** A whole node on fake disks, stores and clocks, lived through by one thread; all of it follows from a seed. */
@NullMarked
package dev.hansard.boot.simulation;

import org.jspecify.annotations.NullMarked;
