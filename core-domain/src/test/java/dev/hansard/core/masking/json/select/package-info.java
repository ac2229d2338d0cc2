// SPDX-License-Identifier: Apache-2.0
/** Tests of JSON selectors. */
@NullMarked
package dev.hansard.core.masking.json.select;

import org.jspecify.annotations.NullMarked;
