// SPDX-License-Identifier: Apache-2.0
/** Who calls: the chain of providers of each listener, and which callers a service takes. */
@NullMarked
package dev.hansard.core.identity;

import org.jspecify.annotations.NullMarked;
