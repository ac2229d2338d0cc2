// SPDX-License-Identifier: Apache-2.0
/** Identity providers. Only anonymous callers are known yet, and those need no adapter. */
@NullMarked
package dev.hansard.idp;

import org.jspecify.annotations.NullMarked;
