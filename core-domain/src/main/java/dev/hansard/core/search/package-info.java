// SPDX-License-Identifier: Apache-2.0
/** Who may look for sessions by their contents, and what that takes. */
@NullMarked
package dev.hansard.core.search;

import org.jspecify.annotations.NullMarked;
