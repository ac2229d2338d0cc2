// SPDX-License-Identifier: Apache-2.0
/** Looking for sessions by what their messages say. */
@NullMarked
package dev.hansard.ports.search;

import org.jspecify.annotations.NullMarked;
