// SPDX-License-Identifier: Apache-2.0
/** The command line: what can be typed, what it prints and with which code it exits. */
@NullMarked
package dev.hansard.boot.cli;

import org.jspecify.annotations.NullMarked;
