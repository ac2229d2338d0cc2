// SPDX-License-Identifier: Apache-2.0
/** Tests of data keys. */
@NullMarked
package dev.hansard.storage.crypt;

import org.jspecify.annotations.NullMarked;
