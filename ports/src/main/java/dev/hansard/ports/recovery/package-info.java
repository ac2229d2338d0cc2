// SPDX-License-Identifier: Apache-2.0
/** What helps on the day of need: copies of what cannot be made again, and making again what can. */
@NullMarked
package dev.hansard.ports.recovery;

import org.jspecify.annotations.NullMarked;
