// SPDX-License-Identifier: Apache-2.0
/** Whether a node can do its work. */
@NullMarked
package dev.hansard.ports.health;

import org.jspecify.annotations.NullMarked;
