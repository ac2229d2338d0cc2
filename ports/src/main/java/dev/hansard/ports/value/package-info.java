// SPDX-License-Identifier: Apache-2.0
/** Values that every ring speaks of: ids, names, secrets. */
@NullMarked
package dev.hansard.ports.value;

import org.jspecify.annotations.NullMarked;
