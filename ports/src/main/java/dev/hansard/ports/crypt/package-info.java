// SPDX-License-Identifier: Apache-2.0
/** Keys of what is stored: who wraps them, and how they are destroyed. */
@NullMarked
package dev.hansard.ports.crypt;

import org.jspecify.annotations.NullMarked;
