// SPDX-License-Identifier: Apache-2.0
/** Work that one node does for all. */
@NullMarked
package dev.hansard.core.lease;

import org.jspecify.annotations.NullMarked;
