// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.boot.plugins;

import org.jspecify.annotations.NullMarked;
