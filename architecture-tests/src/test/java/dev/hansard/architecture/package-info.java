// SPDX-License-Identifier: Apache-2.0
/** The rules of the rings, run against every module and against fixtures that break them. */
@NullMarked
package dev.hansard.architecture;

import org.jspecify.annotations.NullMarked;
