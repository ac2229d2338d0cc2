// SPDX-License-Identifier: Apache-2.0
/** What third parties implement, and what they are given: one jar in {@code plugins/} per adapter. */
@NullMarked
package dev.hansard.ports.spi;

import org.jspecify.annotations.NullMarked;
