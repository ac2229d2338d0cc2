// SPDX-License-Identifier: Apache-2.0
/** What masking is told to do, and what it has done: the words that all its parts share. */
@NullMarked
package dev.hansard.core.masking.rule;

import org.jspecify.annotations.NullMarked;
