// SPDX-License-Identifier: Apache-2.0
/** Callers that show an access token of an OpenID Connect or OAuth issuer (RFC 9068), bound to a key or not. */
@NullMarked
package dev.hansard.idp.jwt;

import org.jspecify.annotations.NullMarked;
