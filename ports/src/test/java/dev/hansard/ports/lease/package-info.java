// SPDX-License-Identifier: Apache-2.0
/** What every kind of leases has to do, and leases in memory. */
@NullMarked
package dev.hansard.ports.lease;

import org.jspecify.annotations.NullMarked;
