// SPDX-License-Identifier: Apache-2.0
/** The commands about how long sessions stay. */
@NullMarked
package dev.hansard.boot.cli.retention;

import org.jspecify.annotations.NullMarked;
