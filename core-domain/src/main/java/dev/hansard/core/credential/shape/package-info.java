// SPDX-License-Identifier: Apache-2.0
/** How credentials stand in requests: in fields, in the query, or as a signature. */
@NullMarked
package dev.hansard.core.credential.shape;

import org.jspecify.annotations.NullMarked;
