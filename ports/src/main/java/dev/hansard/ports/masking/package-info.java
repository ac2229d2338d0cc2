// SPDX-License-Identifier: Apache-2.0
/** What masking needs from outside: how the patterns of users are compiled and matched. */
@NullMarked
package dev.hansard.ports.masking;

import org.jspecify.annotations.NullMarked;
