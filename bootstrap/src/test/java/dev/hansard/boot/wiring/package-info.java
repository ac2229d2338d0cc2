// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.boot.wiring;

import org.jspecify.annotations.NullMarked;
