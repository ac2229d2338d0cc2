// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import java.util.Locale;

/** Why a sign-in is not accepted, besides flaws of the token. The name in lower case is for people who run Hansard. */
enum Fault {
    /** The person, or the issuer's policy, said no. */
    ACCESS_DENIED,
    /** Any other error that the issuer sent the browser back with. */
    ISSUER_SAID_ERROR,
    /** The answer names another issuer than the one that was asked (RFC 9207). */
    ANSWER_OF_ANOTHER_ISSUER,
    /** The answer does not say which issuer it is of, though the issuer always does. */
    ANSWER_WITHOUT_ISSUER,
    NO_CODE,
    /** The issuer does not take the code: it is old, used, or not of this attempt. */
    CODE_REFUSED,
    /** The issuer does not take our client id and secret. */
    CLIENT_REFUSED,
    /** The token endpoint's answer is not what it must be. */
    MALFORMED_ANSWER,
    NO_ID_TOKEN,
    WRONG_NONCE,
    /** The token is bound to another access token than the one that it came with. */
    WRONG_ACCESS_TOKEN,
    /** Hansard takes the token, and Helidon does not. */
    HELIDON_REFUSED,
    /** The person who signs in on another device has not done so. */
    NOT_YET_DECIDED(true),
    /** As before, and we asked too often. */
    ASKED_TOO_OFTEN(true),
    /** The issuer offers no sign-in on another device. */
    NOT_OFFERED,
    /** The token is for several clients, and not by our asking. */
    WRONG_AUTHORIZED_PARTY,
    /** The issuer, or its keys, cannot be reached. */
    ISSUER_UNREACHABLE(true),
    /** The issuer's discovery document is not what it must be. */
    UNUSABLE_METADATA(true),
    /** Many people sign in at the moment. */
    TOO_MANY_AT_ONCE(true);

    private final boolean passing;

    Fault() {
        this(false);
    }

    Fault(boolean passing) {
        this.passing = passing;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the same may be accepted later. */
    boolean isPassing() {
        return passing;
    }
}
