// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.boot.text;

import org.jspecify.annotations.NullMarked;
