// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.ports.search;

import org.jspecify.annotations.NullMarked;
