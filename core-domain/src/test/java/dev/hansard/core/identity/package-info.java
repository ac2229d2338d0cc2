// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.core.identity;

import org.jspecify.annotations.NullMarked;
