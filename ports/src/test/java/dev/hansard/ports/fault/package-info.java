// SPDX-License-Identifier: Apache-2.0
/** Faults of the world between two programs, for the tests of all modules. */
@NullMarked
package dev.hansard.ports.fault;

import org.jspecify.annotations.NullMarked;
