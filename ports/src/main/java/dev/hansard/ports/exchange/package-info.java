// SPDX-License-Identifier: Apache-2.0
/** The life of one call, as listener and core speak of it. */
@NullMarked
package dev.hansard.ports.exchange;

import org.jspecify.annotations.NullMarked;
