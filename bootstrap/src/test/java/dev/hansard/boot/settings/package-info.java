// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.boot.settings;

import org.jspecify.annotations.NullMarked;
