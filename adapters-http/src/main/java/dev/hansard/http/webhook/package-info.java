// SPDX-License-Identifier: Apache-2.0
/** Delivers notices by HTTP, signed as Standard Webhooks 1.0.0 says (https://www.standardwebhooks.com). */
@NullMarked
package dev.hansard.http.webhook;

import org.jspecify.annotations.NullMarked;
