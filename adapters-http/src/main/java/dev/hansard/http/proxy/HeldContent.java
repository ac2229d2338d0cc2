// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.ports.exchange.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A request's content while it is decided on; it is sent on from here, byte for byte. It takes its memory from a
 * {@link HeldMemory} and has to be closed. Does not change once it is whole.
 */
final class HeldContent implements RequestBody, AutoCloseable {
    private static final int FIRST_BYTES = 4 * 1024;
    private static final byte[] NOTHING = {};

    private final HeldMemory memory;
    private byte[] content = NOTHING;
    private int length;

    HeldContent(HeldMemory memory) {
        this.memory = memory;
    }

    /** Adds a copy; false when there is no memory for it. */
    boolean add(byte[] bytes, int offset, int count) {
        int needed = length + count;
        if (needed > content.length) {
            int larger = Math.max(needed, Math.max(FIRST_BYTES, content.length * 2));
            if (!memory.take(larger - content.length)) {
                return false;
            }
            content = Arrays.copyOf(content, larger);
        }
        System.arraycopy(bytes, offset, content, length, count);
        length = needed;
        return true;
    }

    /** Hands a part of it to {@code sink}, without a copy. */
    void hand(int from, int count, Sink sink) {
        sink.content(content, from, count);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(content, 0, length).slice().asReadOnlyBuffer();
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(content, 0, length);
    }

    /** Gives its memory back. The bytes stay: a thread that sends them to an upstream that is gone may not know yet. */
    @Override
    public void close() {
        memory.giveBack(content.length);
    }

    /** Takes bytes, which it does not change. */
    @FunctionalInterface
    interface Sink {
        void content(byte[] bytes, int offset, int length);
    }
}
