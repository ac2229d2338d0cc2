// SPDX-License-Identifier: Apache-2.0
/** What stored records take, how it grows, what room there is for more, and whether all of it is whole. */
@NullMarked
package dev.hansard.ports.usage;

import org.jspecify.annotations.NullMarked;
