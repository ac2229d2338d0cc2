// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code hansard spool}. */
@NullMarked
package dev.hansard.boot.cli.spool;

import org.jspecify.annotations.NullMarked;
