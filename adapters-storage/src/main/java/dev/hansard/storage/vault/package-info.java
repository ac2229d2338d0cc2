// SPDX-License-Identifier: Apache-2.0
/** Held requests and kept responses, sealed in files of one node. */
@NullMarked
package dev.hansard.storage.vault;

import org.jspecify.annotations.NullMarked;
