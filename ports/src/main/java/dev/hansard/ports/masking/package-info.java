// SPDX-License-Identifier: Apache-2.0
/** What masking needs from outside: content codings and regular expressions. */
@NullMarked
package dev.hansard.ports.masking;

import org.jspecify.annotations.NullMarked;
