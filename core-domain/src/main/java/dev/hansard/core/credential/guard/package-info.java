// SPDX-License-Identifier: Apache-2.0
/** Keeps injected values from coming back to callers. */
@NullMarked
package dev.hansard.core.credential.guard;

import org.jspecify.annotations.NullMarked;
