// SPDX-License-Identifier: Apache-2.0
/** Work that one node alone may do at a time. */
@NullMarked
package dev.hansard.ports.lease;

import org.jspecify.annotations.NullMarked;
