// SPDX-License-Identifier: Apache-2.0
/** Tests the vault. */
@NullMarked
package dev.hansard.storage.vault;

import org.jspecify.annotations.NullMarked;
