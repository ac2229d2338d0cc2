// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.idp.xml.Flaw;

/** What became of a message. */
sealed interface SamlOutcome {
    /** Signed by the issuer, for us, now, and for the first time. */
    record Verified(SamlClaims claims) implements SamlOutcome {}

    /** Not to be believed. The flaw is for the log and for people who run Hansard, not for the sender. */
    record Rejected(Flaw flaw) implements SamlOutcome {}
}
