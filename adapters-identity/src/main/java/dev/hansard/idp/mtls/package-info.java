// SPDX-License-Identifier: Apache-2.0
/** Callers that authenticate the connection with a TLS client certificate. */
@NullMarked
package dev.hansard.idp.mtls;

import org.jspecify.annotations.NullMarked;
