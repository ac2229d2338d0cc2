// SPDX-License-Identifier: Apache-2.0
/** Holds requests until people have approved them, and lets exactly what they approved go on. */
@NullMarked
package dev.hansard.core.approval;

import org.jspecify.annotations.NullMarked;
