// SPDX-License-Identifier: Apache-2.0
/** Tests of what is decided on a call. */
@NullMarked
package dev.hansard.core.exchange;

import org.jspecify.annotations.NullMarked;
