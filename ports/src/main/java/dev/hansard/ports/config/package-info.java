// SPDX-License-Identifier: Apache-2.0
/** How a running node reads its configuration again. */
@NullMarked
package dev.hansard.ports.config;

import org.jspecify.annotations.NullMarked;
