// SPDX-License-Identifier: Apache-2.0
/** Decides how long sessions stay, what goes when, and what is held. */
@NullMarked
package dev.hansard.core.retention;

import org.jspecify.annotations.NullMarked;
