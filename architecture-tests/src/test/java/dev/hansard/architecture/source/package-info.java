// SPDX-License-Identifier: Apache-2.0
/** Reads the repository's own files, the Java ones with the compiler's parser. */
@NullMarked
package dev.hansard.architecture.source;

import org.jspecify.annotations.NullMarked;
