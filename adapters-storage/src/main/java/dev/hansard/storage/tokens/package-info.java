// SPDX-License-Identifier: Apache-2.0
/**
 * The words of recorded texts: how a text is read, which words it has, a filter that says what cannot be in a block of
 * sessions, and how that lies in a segment. The spool uses it.
 */
@NullMarked
package dev.hansard.storage.tokens;

import org.jspecify.annotations.NullMarked;
