// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.util.Locale;

/** Why a token is not accepted. The name in lower case is the word that people who run Hansard read. */
public enum Flaw {
    /** More bytes than a token may have. */
    TOO_LONG,
    /** Not the one way to write such a token: segments, base64url, UTF-8, JSON, duplicate names, depth. */
    NOT_CANONICAL,
    /** A member that is not of the type that it must have. */
    MALFORMED,
    /** A header parameter that names a key, an extension or a compression of the sender's choice. */
    FORBIDDEN_HEADER,
    /** An algorithm that is not allowed, or not the one of the key. */
    WRONG_ALGORITHM,
    UNKNOWN_KEY,
    BAD_SIGNATURE,
    WRONG_TYPE,
    EXPIRED,
    NOT_YET_VALID,
    ISSUED_IN_FUTURE,
    LIVES_TOO_LONG,
    /** A token that must say when it was issued or ends, and does not. */
    WITHOUT_TIMES,
    WRONG_AUDIENCE,
    INVALID_SUBJECT,
    INVALID_GROUPS,
    INVALID_ACTOR,
    /** More than one Authorization field: which is meant is a matter of taste. */
    TWO_CREDENTIALS,
    /** Bound to something that is not known here, so that nobody can tell who may use it. */
    UNKNOWN_BINDING,
    /** A bound token that came without the proof of what it is bound to. */
    BOUND_TOKEN_WITHOUT_PROOF,
    /** The provider asks for bound tokens, and it is not, or not as asked. */
    UNBOUND_TOKEN,
    /** Bound to another certificate than the one of the connection. */
    WRONG_CERTIFICATE,
    /** A DPoP proof beside a credential of another scheme. */
    PROOF_WITHOUT_SCHEME,
    /** No DPoP proof where there must be one, or more than one. */
    NOT_ONE_PROOF,
    INVALID_PROOF,
    /** A DPoP proof for another method or URI. */
    PROOF_OF_ANOTHER_CALL,
    /** A DPoP proof for another token, or by another key than the token's. */
    PROOF_OF_ANOTHER_TOKEN,
    PROOF_OUT_OF_TIME,
    REPLAYED_PROOF,
    /** A DPoP proof without a nonce of ours, or with an old one. */
    WANTS_NONCE,
    /** No more proofs can be remembered at the moment, so that a replay could not be told. */
    TOO_MANY_PROOFS(true),
    /** There are no keys to verify with, or maybe not the newest. */
    KEYS_UNAVAILABLE(true);

    private final String word = name().toLowerCase(Locale.ROOT);
    private final boolean passing;

    Flaw() {
        this(false);
    }

    Flaw(boolean passing) {
        this.passing = passing;
    }

    /** The word for people who run Hansard. */
    public String word() {
        return word;
    }

    /** Whether it is no fault of the token, so that the same may be accepted later. */
    public boolean isPassing() {
        return passing;
    }
}
