// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import org.jspecify.annotations.Nullable;

/** What a frame says about its session. The codes are part of the format and never change. */
enum FrameKind {
    /** The call is about to be forwarded; its session so far. */
    INTENT(1),
    /** The call has ended. */
    COMPLETE(2),
    /** Made for a call that nobody ended: its outcome is unknown. */
    INCOMPLETE(3),
    /** Takes an intent back: nothing was sent, and no record of the call will come. */
    VOID(4);

    private final int code;

    FrameKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Whether it is the record of a session, to be indexed and kept. */
    boolean isRecord() {
        return this == COMPLETE || this == INCOMPLETE;
    }

    static @Nullable FrameKind of(int code) {
        return switch (code) {
            case 1 -> INTENT;
            case 2 -> COMPLETE;
            case 3 -> INCOMPLETE;
            case 4 -> VOID;
            default -> null;
        };
    }
}
