// SPDX-License-Identifier: Apache-2.0
/** Tests of work that one node does for all. */
@NullMarked
package dev.hansard.core.lease;

import org.jspecify.annotations.NullMarked;
