// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.storage.kek;

import org.jspecify.annotations.NullMarked;
