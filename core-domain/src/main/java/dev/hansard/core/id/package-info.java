// SPDX-License-Identifier: Apache-2.0
/** Makes ids. */
@NullMarked
package dev.hansard.core.id;

import org.jspecify.annotations.NullMarked;
