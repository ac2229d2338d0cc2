// SPDX-License-Identifier: Apache-2.0
/** How long sessions stay, what keeps them longer, and what proves that they went. */
@NullMarked
package dev.hansard.ports.retention;

import org.jspecify.annotations.NullMarked;
