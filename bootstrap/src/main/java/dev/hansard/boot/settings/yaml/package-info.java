// SPDX-License-Identifier: Apache-2.0
/** YAML with positions: a bounded tree of it, interpolation, and the problems found on the way. */
@NullMarked
package dev.hansard.boot.settings.yaml;

import org.jspecify.annotations.NullMarked;
