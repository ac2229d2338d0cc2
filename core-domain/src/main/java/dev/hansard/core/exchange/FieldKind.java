// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

/** What a field name means to a proxy. */
enum FieldKind {
    /** Nothing: it goes on, unless Connection nominates it. */
    OTHER(true),
    /** It is for all recipients; whoever nominates it would have it dropped behind the caller's or our back. */
    END_TO_END(false),
    /** Of one connection only (RFC 9110 section 7.6.1). */
    HOP_BY_HOP(true),
    CONNECTION(true),
    TE(true),
    TRAILER(true),
    UPGRADE(true),
    /** {@code Host}, {@code Content-Length}, {@code Transfer-Encoding}: the codec's and ours. */
    FRAMING(false),
    /** Says who the caller is, where it came from or what it really wants: only a gateway may say so. */
    RESERVED(false),
    /** Hansard's own names. */
    OURS(false),
    VIA(false),
    MAX_FORWARDS(false),
    TRACEPARENT(false),
    TRACESTATE(false),
    ALT_SVC(false);

    private final boolean nominable;

    FieldKind(boolean nominable) {
        this.nominable = nominable;
    }

    /** Whether a {@code Connection} field of a request may name it. */
    boolean isNominable() {
        return nominable;
    }
}
