// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.ledger;

import dev.hansard.ports.session.PayloadStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/** A store with one object whose bits can be flipped. */
final class OneSegment implements PayloadStore {
    private final String name;
    private final byte[] bytes;

    OneSegment(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes.clone();
    }

    String name() {
        return name;
    }

    void flip(int bit) {
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }

    @Override
    public void put(String key, InputStream content, long length, String sha256) {
        throw new UnsupportedOperationException("it is only read");
    }

    @Override
    public InputStream read(String key, long offset, long length) {
        return new ByteArrayInputStream(bytes, (int) offset, (int) length);
    }

    @Override
    public OptionalLong length(String key) {
        return OptionalLong.of(bytes.length);
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
        return after.compareTo(name) < 0 ? List.of(name) : List.of();
    }

    @Override
    public void delete(String key) {
        throw new UnsupportedOperationException("it is only read");
    }
}
