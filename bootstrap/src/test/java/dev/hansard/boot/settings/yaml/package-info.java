// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.boot.settings.yaml;

import org.jspecify.annotations.NullMarked;
