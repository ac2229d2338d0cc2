// SPDX-License-Identifier: Apache-2.0
/** Answers the expressions of policies, in CEL over a request's head and its JSON. */
@NullMarked
package dev.hansard.http.policy;

import org.jspecify.annotations.NullMarked;
