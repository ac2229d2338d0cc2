// SPDX-License-Identifier: Apache-2.0
/** Tests of the payload stores. */
@NullMarked
package dev.hansard.storage.payload;

import org.jspecify.annotations.NullMarked;
