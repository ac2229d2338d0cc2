// SPDX-License-Identifier: Apache-2.0
/** Tests of masking. */
@NullMarked
package dev.hansard.core.masking.decode;

import org.jspecify.annotations.NullMarked;
