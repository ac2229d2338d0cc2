// SPDX-License-Identifier: Apache-2.0
/** How the configuration says what may pass. */
@NullMarked
package dev.hansard.boot.settings.policy;

import org.jspecify.annotations.NullMarked;
