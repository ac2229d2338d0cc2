// SPDX-License-Identifier: Apache-2.0
/** {@code hansard backup}, {@code restore} and {@code storage rebuild-catalog}. */
@NullMarked
package dev.hansard.boot.cli.recovery;

import org.jspecify.annotations.NullMarked;
