// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.idp.jose.KeyRefresher;
import dev.hansard.ports.spi.Surroundings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of one issuer, kept up to date by a thread of its own. In an outage the last good one is believed for a
 * while, since nobody could sign in otherwise; then it is not, because by then nobody knows which keys were withdrawn.
 * Safe for any number of threads.
 */
final class IssuerMetadata implements AutoCloseable {
    /** How long somebody waits for the first metadata. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /** How long after one fetch for a signature by a key that is not there none leads to another. */
    static final Duration BETWEEN_DOUBTS = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger(IssuerMetadata.class.getName());

    private final String owner;
    private final MetadataSource source;
    private final @Nullable String issuer;
    private final Duration lastGood;
    private final Surroundings surroundings;
    private final KeyRefresher refresher;
    private final CountDownLatch first = new CountDownLatch(1);

    /** Written by the thread alone. */
    private volatile Held held = new Held(null, 0, null);

    private volatile long doubtedAt;

    /**
     * How long it is believed.
     *
     * @param every how often it is fetched when all is well
     * @param lastGood how long the last good one is believed while it cannot be fetched
     */
    record Terms(Duration every, Duration lastGood) {}

    /**
     * What there is.
     *
     * @param goodAt when it was fetched, by the clock that only goes forward
     * @param trouble why the last fetch brought none; null when it did
     */
    private record Held(
            @Nullable SamlMetadata metadata,
            long goodAt,
            @Nullable String trouble) {}

    IssuerMetadata(
            String owner, MetadataSource source, @Nullable String issuer, Terms terms, Surroundings surroundings) {
        this.owner = owner;
        this.source = source;
        this.issuer = issuer;
        this.lastGood = terms.lastGood();
        this.surroundings = surroundings;
        this.refresher = new KeyRefresher("metadata-of-" + owner, terms.every(), surroundings.random(), this::refresh);
        this.doubtedAt = surroundings.nanos().getAsLong() - BETWEEN_DOUBTS.toNanos();
    }

    void start() {
        refresher.start();
    }

    /** Fetches now, in this thread; what the thread of its own does when it is time. */
    boolean refresh() throws InterruptedException {
        refresher.begun();
        Held before = held;
        Held after = fetch(before);
        held = after;
        first.countDown();
        if (after.trouble() != null && before.trouble() == null) {
            LOG.log(System.Logger.Level.WARNING, String.join("; ", troubles()));
        } else if (after.trouble() == null && before.trouble() != null) {
            LOG.log(System.Logger.Level.INFO, "identity provider {0}: the metadata can be fetched again", owner);
        }
        return after.trouble() == null;
    }

    private Held fetch(Held before) throws InterruptedException {
        try {
            byte[] document = source.read();
            SamlMetadata fetched =
                    SamlMetadata.parse(document, issuer, surroundings.wall().instant());
            return new Held(fetched, surroundings.nanos().getAsLong(), null);
        } catch (IOException e) {
            return new Held(before.metadata(), before.goodAt(), "cannot be fetched: " + e.getMessage());
        } catch (UnusableMetadataException e) {
            return new Held(before.metadata(), before.goodAt(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Our bug, or the library's; but if it ended the thread, nothing would ever be fetched again.
            LOG.log(System.Logger.Level.ERROR, "fetching metadata must not fail in this way", e);
            return new Held(
                    before.metadata(),
                    before.goodAt(),
                    "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** What the issuer says about itself; null when nothing is known that can be believed. */
    @Nullable
    SamlMetadata current() {
        if (held.metadata() == null) {
            awaitFirst();
        }
        Held now = held;
        return isBelieved(now) ? now.metadata() : null;
    }

    private boolean isBelieved(Held now) {
        if (now.metadata() == null) {
            return false;
        }
        Instant end = now.metadata().validUntil();
        boolean isFresh = now.trouble() == null || surroundings.nanos().getAsLong() - now.goodAt() < lastGood.toNanos();
        return isFresh && (end == null || surroundings.wall().instant().isBefore(end));
    }

    private void awaitFirst() {
        try {
            boolean _ = first.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A message came that none of the keys signed: maybe they were changed. Asks for a fetch, but not too often. */
    void doubt() {
        long now = surroundings.nanos().getAsLong();
        if (now - doubtedAt >= BETWEEN_DOUBTS.toNanos()) {
            doubtedAt = now;
            refresher.ask();
        }
    }

    /** What is wrong, for people who run Hansard; empty when all is well. */
    List<String> troubles() {
        Held now = held;
        String where = "identity provider " + owner + ": the metadata at " + source.place() + " ";
        if (now.trouble() != null) {
            return List.of(where
                    + now.trouble()
                    + (isBelieved(now) ? "; the last good one holds meanwhile" : "; nobody gets in by it"));
        }
        return List.of();
    }

    @Override
    public void close() {
        first.countDown();
        refresher.close();
    }
}
