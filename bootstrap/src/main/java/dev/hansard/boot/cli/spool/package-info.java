// SPDX-License-Identifier: Apache-2.0
/** {@code hansard spool}. */
@NullMarked
package dev.hansard.boot.cli.spool;

import org.jspecify.annotations.NullMarked;
