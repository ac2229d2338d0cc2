// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.ports.spi;

import org.jspecify.annotations.NullMarked;
