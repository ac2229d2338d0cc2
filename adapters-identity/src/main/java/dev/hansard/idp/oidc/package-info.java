// SPDX-License-Identifier: Apache-2.0
/** People who sign in at an OpenID Connect issuer. */
@NullMarked
package dev.hansard.idp.oidc;

import org.jspecify.annotations.NullMarked;
