// SPDX-License-Identifier: Apache-2.0
/** Tests of the embedded catalog. */
@NullMarked
package dev.hansard.storage.catalog;

import org.jspecify.annotations.NullMarked;
