// SPDX-License-Identifier: Apache-2.0
/** How much of a service its callers may have: calls in a time, and calls at a time. */
@NullMarked
package dev.hansard.core.limit;

import org.jspecify.annotations.NullMarked;
