// SPDX-License-Identifier: Apache-2.0
/** How the configuration says how long sessions stay. */
@NullMarked
package dev.hansard.boot.settings.retention;

import org.jspecify.annotations.NullMarked;
