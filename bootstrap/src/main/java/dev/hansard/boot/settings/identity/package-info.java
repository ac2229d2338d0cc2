// SPDX-License-Identifier: Apache-2.0
/** The part of the configuration that says who may call. */
@NullMarked
package dev.hansard.boot.settings.identity;

import org.jspecify.annotations.NullMarked;
