// SPDX-License-Identifier: Apache-2.0
/** Tests of recording and reading back. */
@NullMarked
package dev.hansard.core.session;

import org.jspecify.annotations.NullMarked;
