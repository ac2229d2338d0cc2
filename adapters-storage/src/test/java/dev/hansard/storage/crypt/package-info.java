// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.storage.crypt;

import org.jspecify.annotations.NullMarked;
