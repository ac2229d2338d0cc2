// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.storage.tokens;

import org.jspecify.annotations.NullMarked;
