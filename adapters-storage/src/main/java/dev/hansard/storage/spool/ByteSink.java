// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that grow: where frames and records are put together. Belongs to one thread at a time and is used again and
 * again; after something big it lets go of its memory.
 */
final class ByteSink {
    private static final int KEPT = 256 * 1024;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final int initial;
    private byte[] bytes;
    private int size;

    ByteSink(int initial) {
        this.initial = initial;
        bytes = new byte[initial];
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    ByteSink clear() {
        size = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[initial];
        }
        return this;
    }

    /** Room for {@code more} bytes behind the end, to be filled by others and claimed with {@link #skip}. */
    void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(size, more), (int) Math.min(2L * bytes.length, 1 << 30)));
        }
    }

    void skip(int count) {
        size += count;
    }

    ByteSink put(int b) {
        reserve(1);
        bytes[size++] = (byte) b;
        return this;
    }

    ByteSink put(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
        return this;
    }

    ByteSink put(ByteBuffer from) {
        int length = from.remaining();
        reserve(length);
        from.get(from.position(), bytes, size, length);
        size += length;
        return this;
    }

    /** Each char as one byte; what is no ISO-8859-1 becomes a question mark. */
    ByteSink text(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            bytes[size + i] = c <= 0xFF ? (byte) c : (byte) '?';
        }
        size += length;
        return this;
    }

    ByteSink crlf() {
        return put('\r').put('\n');
    }

    /** Decimal digits of a number that is not negative, at least {@code width} of them. */
    ByteSink decimal(long number, int width) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        digits = Math.max(digits, width);
        reserve(digits);
        long rest = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /** The lowest {@code digits} hexadecimal digits. */
    ByteSink hex(long number, int digits) {
        reserve(digits);
        for (int i = digits - 1; i >= 0; i--) {
            bytes[size++] = HEX[(int) (number >>> (4 * i)) & 0xF];
        }
        return this;
    }

    /** Seven bits a byte, lowest first. */
    ByteSink varint(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            put((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        return put((int) rest);
    }

    /** A view of what is there, little-endian. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Gives the bytes away and starts anew; for frames too big to be copied once more. */
    byte[] release() {
        byte[] given = bytes;
        bytes = new byte[initial];
        size = 0;
        return given;
    }
}
