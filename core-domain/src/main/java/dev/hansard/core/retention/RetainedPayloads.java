// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.PayloadLocks;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.TimeWitness;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A payload store that locks each segment, from its first moment on, until its class lets it go: so nobody can remove
 * it before, who has the node's own keys to the store included. What is no segment, such as the ledger, is not locked.
 */
public final class RetainedPayloads implements PayloadStore {
    /** A retention that ends sooner is not asked for: a server refuses one that is over by its own clock. */
    static final Duration LEAST = Duration.ofMinutes(15);

    private final PayloadStore store;
    private final RetentionRules rules;
    private final InstantSource clock;

    /** Stores in another store, which it closes. */
    public RetainedPayloads(PayloadStore store, RetentionRules rules, InstantSource clock) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public void put(String key, InputStream bytes, long length, String sha256) {
        PayloadLocks locks = store.locks().orElse(null);
        Instant until = locks == null ? null : until(key);
        if (locks == null || until == null || until.isBefore(clock.instant().plus(LEAST))) {
            store.put(key, bytes, length, sha256);
        } else {
            locks.put(key, bytes, length, sha256, until);
        }
    }

    private @Nullable Instant until(String key) {
        Segment segment = Segment.parse(key);
        return segment == null ? null : rules.dueAt(segment);
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
        return store.locks();
    }

    @Override
    public Optional<TimeWitness> clock() {
        return store.clock();
    }

    @Override
    public void close() {
        store.close();
    }
}
