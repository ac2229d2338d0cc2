// SPDX-License-Identifier: Apache-2.0
/** Tests of masking JSON, with an oracle made on Jackson. */
@NullMarked
package dev.hansard.core.masking.json;

import org.jspecify.annotations.NullMarked;
