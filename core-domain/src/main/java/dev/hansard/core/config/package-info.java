// SPDX-License-Identifier: Apache-2.0
/** Has the configuration read again, and says what came of it. */
@NullMarked
package dev.hansard.core.config;

import org.jspecify.annotations.NullMarked;
