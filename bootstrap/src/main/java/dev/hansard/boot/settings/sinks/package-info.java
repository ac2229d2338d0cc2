// SPDX-License-Identifier: Apache-2.0
/** How the configuration says whom to tell what. */
@NullMarked
package dev.hansard.boot.settings.sinks;

import org.jspecify.annotations.NullMarked;
