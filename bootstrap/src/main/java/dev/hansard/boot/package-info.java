// SPDX-License-Identifier: Apache-2.0
/** The start of the process. */
@NullMarked
package dev.hansard.boot;

import org.jspecify.annotations.NullMarked;
