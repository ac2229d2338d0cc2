// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import java.util.Locale;

/** A content cannot be masked safely: it is withheld. The message never holds anything of the content. */
public final class Unmaskable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a content is withheld; in the record by the name in lower case with hyphens. */
    public enum Reason {
        /** It is not what its format demands. */
        SYNTAX,
        /** It is binary, or of no format that can be masked. */
        FORMAT,
        /** It nests deeper than {@link ContentMasker#MAX_DEPTH}. */
        DEPTH,
        /** Its charset is unknown, or it is not in it. */
        CHARSET,
        /** Its content-coding is unknown, or it is not in it. */
        CODING,
        /** It grows by decoding more than any honest content does. */
        RATIO,
        /** It is longer than what is inspected. */
        SIZE,
        /** It is cut off: the record did not keep all of it, or it was not sent to its end. */
        INCOMPLETE,
        /** Decoding and masking it took longer than {@link TimeLimit#MAX_NANOS}. */
        TIMEOUT,
        /** Masking itself failed. */
        FAILURE;

        /** As it stands in the record. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The detail says what is wrong and at which byte, without a byte of the content. */
    public Unmaskable(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** It costs nothing to make, because hostile content can ask for many. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
