// SPDX-License-Identifier: Apache-2.0
/** Callers that prove nothing. */
@NullMarked
package dev.hansard.idp.anonymous;

import org.jspecify.annotations.NullMarked;
