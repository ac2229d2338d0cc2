// SPDX-License-Identifier: Apache-2.0
/**
 * SAML 2.0: assertions of one issuer, posted by a browser (Web Browser SSO profile) or brought as a grant (RFC 7522),
 * verified so that nothing is read but what was signed.
 */
@NullMarked
package dev.hansard.idp.saml;

import org.jspecify.annotations.NullMarked;
