// SPDX-License-Identifier: Apache-2.0
/** Adapters of third parties, from jars. */
@NullMarked
package dev.hansard.boot.plugins;

import org.jspecify.annotations.NullMarked;
