// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.core.search;

import org.jspecify.annotations.NullMarked;
