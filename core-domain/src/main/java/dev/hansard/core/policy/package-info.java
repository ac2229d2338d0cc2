// SPDX-License-Identifier: Apache-2.0
/** Decides by policies what may pass. */
@NullMarked
package dev.hansard.core.policy;

import org.jspecify.annotations.NullMarked;
