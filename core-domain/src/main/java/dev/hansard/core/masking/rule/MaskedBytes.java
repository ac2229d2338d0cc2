// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import java.util.Arrays;

/** Bytes that grow at their end, and whose end can be replaced. Belongs to one thread. */
public final class MaskedBytes {
    private static final int SMALLEST = 256;

    private byte[] bytes;
    private int size;

    public MaskedBytes(int expected) {
        bytes = new byte[Math.max(SMALLEST, expected)];
    }

    public int size() {
        return size;
    }

    /** The bytes themselves, up to {@link #size}; valid until something is added. */
    public byte[] array() {
        return bytes;
    }

    public void add(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    public void add(byte[] from) {
        add(from, 0, from.length);
    }

    public void add(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** Forgets everything from {@code newSize} on. */
    public void cut(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IndexOutOfBoundsException(newSize + " of " + size);
        }
        size = newSize;
    }

    /** Puts other bytes in the place of those from {@code from} to {@code to}. */
    public void replace(int from, int to, byte[] by) {
        int tail = size - to;
        int growth = by.length - (to - from);
        if (growth > 0) {
            reserve(growth);
        }
        System.arraycopy(bytes, to, bytes, to + growth, tail);
        System.arraycopy(by, 0, bytes, from, by.length);
        size += growth;
    }

    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int)
                    Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }
}
