// SPDX-License-Identifier: Apache-2.0
/** What {@code services.*.limits} and {@code services.*.circuit} say. */
@NullMarked
package dev.hansard.boot.settings.limit;

import org.jspecify.annotations.NullMarked;
