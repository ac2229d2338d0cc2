// SPDX-License-Identifier: Apache-2.0
/** Held requests as the vault keeps them. */
@NullMarked
package dev.hansard.core.approval.seal;

import org.jspecify.annotations.NullMarked;
