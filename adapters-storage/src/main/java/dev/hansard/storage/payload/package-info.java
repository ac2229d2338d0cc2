// SPDX-License-Identifier: Apache-2.0
/** Where segments are kept: a folder of the file system. */
@NullMarked
package dev.hansard.storage.payload;

import org.jspecify.annotations.NullMarked;
