// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.PayloadLocks;
import dev.hansard.ports.session.PayloadStore;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A store in memory that remembers until when it was asked to keep each object. */
final class LockedPayloads implements PayloadStore, PayloadLocks {
    final Map<String, Instant> until = new HashMap<>();
    private final InMemoryPayloadStore store = new InMemoryPayloadStore();

    @Override
    public void put(String key, InputStream bytes, long length, String sha256, Instant end) {
        store.put(key, bytes, length, sha256);
        until.put(key, end);
    }

    @Override
    public void put(String key, InputStream bytes, long length, String sha256) {
        store.put(key, bytes, length, sha256);
    }

    @Override
    public InputStream read(String key, long offset, long length) {
        return store.read(key, offset, length);
    }

    @Override
    public OptionalLong length(String key) {
        return store.length(key);
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
        return store.list(prefix, after, limit);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public Optional<PayloadLocks> locks() {
        return Optional.of(this);
    }

    @Override
    public void retainUntil(String key, Instant end) {
        until.put(key, end);
    }

    @Override
    public Optional<Instant> retainedUntil(String key) {
        return Optional.ofNullable(until.get(key));
    }

    @Override
    public void hold(String key, boolean held) {
        throw new UnsupportedOperationException("nobody holds here");
    }

    @Override
    public boolean isHeld(String key) {
        return false;
    }

    @Override
    public void close() {
        store.close();
    }
}
