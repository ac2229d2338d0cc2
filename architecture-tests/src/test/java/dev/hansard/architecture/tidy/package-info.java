// SPDX-License-Identifier: Apache-2.0
/** What no compiler and no formatter checks in the sources: sizes, words, headers. */
@NullMarked
package dev.hansard.architecture.tidy;

import org.jspecify.annotations.NullMarked;
