// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.xml;

import java.util.Locale;

/** Why a message is not accepted. The name in lower case is the word that people who run Hansard read. */
public enum Flaw {
    /** More bytes than a message may have, before or after it is made canonical. */
    TOO_LARGE,
    NOT_BASE64,
    /** Not UTF-8, or declared as something else. */
    NOT_UTF8,
    NOT_WELL_FORMED,
    DOCTYPE,
    TOO_DEEP,
    COMMENT,
    PROCESSING_INSTRUCTION,
    XINCLUDE,
    /** A namespace name longer than any real one: it would be written again for each element that uses it. */
    LONG_NAMESPACE,
    DUPLICATE_ID,
    /** An ID that is no name, or longer than any real one. */
    MALFORMED_ID,
    /** Another document than the one that was asked for. */
    WRONG_DOCUMENT,
    /** An element or attribute that must be there is not, is there twice, or is of the wrong form. */
    MALFORMED,
    /** Markup where only text may be. */
    TEXT_WITH_MARKUP,
    /** The issuer says that it could not or would not sign the person in. */
    REFUSED_BY_ISSUER,
    NO_ASSERTION,
    TWO_ASSERTIONS,
    MISPLACED_ASSERTION,
    /** Encrypted assertions, names and attributes are not read by this version. */
    ENCRYPTED,
    UNSIGNED,
    MISPLACED_SIGNATURE,
    MALFORMED_SIGNATURE,
    /** A signature that does not cover exactly the element that it is in. */
    WRONG_REFERENCE,
    FORBIDDEN_TRANSFORM,
    FORBIDDEN_ALGORITHM,
    /** Not made with one of the issuer's keys. */
    BAD_SIGNATURE,
    /** Changed after it was signed. */
    ALTERED,
    WRONG_ISSUER,
    WRONG_DESTINATION,
    WRONG_RECIPIENT,
    WRONG_AUDIENCE,
    /** The answer to another request than the one that was made. */
    WRONG_REQUEST,
    /** Nobody asked for it, or it does not say who did. */
    UNASKED,
    NOT_YET_VALID,
    EXPIRED,
    LIVES_TOO_LONG,
    ISSUED_IN_FUTURE,
    /** A condition that is not understood holds, for all that is known, not. */
    UNKNOWN_CONDITION,
    INVALID_SUBJECT,
    /** A name that is another one each time says nothing of who it is. */
    TRANSIENT_SUBJECT,
    /** Too many groups, or one that cannot be taken as it stands. */
    INVALID_GROUPS,
    /** No confirmation by which the bearer may use it. */
    NOT_FOR_BEARERS,
    /** An answer to a sign-in that does not say that anybody signed in. */
    NOT_SIGNED_IN,
    REPLAYED,
    /** No more assertions can be remembered at the moment, so that a replay could not be told. */
    TOO_MANY_ASSERTIONS;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word for people who run Hansard. */
    public String word() {
        return word;
    }

    /** Whether it is no fault of the message, so that the same may be accepted later. */
    public boolean isPassing() {
        return this == TOO_MANY_ASSERTIONS;
    }
}
