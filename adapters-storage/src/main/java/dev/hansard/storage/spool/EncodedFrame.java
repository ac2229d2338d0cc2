// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;

/** A frame in memory, to be stamped by whoever writes it. Not a record, because it holds an array. */
final class EncodedFrame {
    private final FrameKind kind;
    private final SessionId id;
    private final byte[] bytes;
    private final int length;

    EncodedFrame(FrameKind kind, SessionId id, byte[] bytes, int length) {
        this.kind = kind;
        this.id = id;
        this.bytes = bytes;
        this.length = length;
    }

    FrameKind kind() {
        return kind;
    }

    SessionId id() {
        return id;
    }

    int length() {
        return length;
    }

    /** What it takes up in memory, which for a large frame can be more than it is long. */
    int heldBytes() {
        return bytes.length;
    }

    void stamp(long salt, long sequence) {
        FrameFormat.stamp(bytes, salt, sequence);
    }

    /** Gives a record its own random bytes; to be stamped afterwards. */
    void saltRecord(byte[] random, int from) {
        FrameFormat.saltRecord(bytes, random, from);
    }

    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
