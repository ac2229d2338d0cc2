// SPDX-License-Identifier: Apache-2.0
/** How Hansard itself says no over HTTP: RFC 9457 problem details, the same on the data and the admin listener. */
@NullMarked
package dev.hansard.http.problem;

import org.jspecify.annotations.NullMarked;
