// SPDX-License-Identifier: Apache-2.0
/** Key-encryption keys: in a file, or in the transit engine of Vault or OpenBao. */
@NullMarked
package dev.hansard.storage.kek;

import org.jspecify.annotations.NullMarked;
