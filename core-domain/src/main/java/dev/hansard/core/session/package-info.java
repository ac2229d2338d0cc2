// SPDX-License-Identifier: Apache-2.0
/** Records sessions and reads them back. */
@NullMarked
package dev.hansard.core.session;

import org.jspecify.annotations.NullMarked;
