// SPDX-License-Identifier: Apache-2.0
/** Reads and checks what the configuration says about masking. */
@NullMarked
package dev.hansard.boot.settings.masking;

import org.jspecify.annotations.NullMarked;
