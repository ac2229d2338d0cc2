// SPDX-License-Identifier: Apache-2.0
/** Callers that show an API key which Hansard gave out. */
@NullMarked
package dev.hansard.idp.apikey;

import org.jspecify.annotations.NullMarked;
