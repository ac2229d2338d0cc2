// SPDX-License-Identifier: Apache-2.0
/** Text for people: safe to print, aligned, in units that can be read. */
@NullMarked
package dev.hansard.boot.text;

import org.jspecify.annotations.NullMarked;
