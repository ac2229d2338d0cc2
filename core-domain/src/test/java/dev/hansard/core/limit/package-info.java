// SPDX-License-Identifier: Apache-2.0
/** Tests of what callers may have of a service. */
@NullMarked
package dev.hansard.core.limit;

import org.jspecify.annotations.NullMarked;
