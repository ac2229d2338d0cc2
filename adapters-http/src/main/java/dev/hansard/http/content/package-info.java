// SPDX-License-Identifier: Apache-2.0
/** What it takes to read contents of others: regular expressions and content codings. */
@NullMarked
package dev.hansard.http.content;

import org.jspecify.annotations.NullMarked;
