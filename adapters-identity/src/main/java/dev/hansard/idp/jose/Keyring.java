// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import dev.hansard.idp.jose.KeyLookup.Known;
import dev.hansard.idp.jose.KeyLookup.OutOfReach;
import dev.hansard.idp.jose.KeyLookup.Unknown;
import dev.hansard.ports.spi.Surroundings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer, kept up to date. One thread of its own fetches; whoever meets a key that is not there asks
 * that thread and waits for it, so that there is never more than one fetch at a time and no call does I/O itself.
 *
 * <p>Three limits keep the issuer out of an attacker's reach and calls out of an outage's: an unknown key leads to a
 * fetch only when the last such was half a minute ago; a call waits two seconds at most; and after an outage of
 * {@code lastGood} the keys are not believed any more, because by then nobody knows which of them were withdrawn.
 *
 * <p>A key that is not there is {@link Unknown} only if the issuer was asked after the token was issued. Otherwise the
 * issuer may have changed its keys meanwhile, and refusing the token for good would be wrong: it is
 * {@link OutOfReach}. Safe for any number of threads.
 */
public final class Keyring implements AutoCloseable {
    /** How long the answer about an unknown key holds for all other unknown keys. */
    static final Duration BETWEEN_UNKNOWN = Duration.ofSeconds(30);

    /** How long a call waits for keys. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger(Keyring.class.getName());

    private final String owner;
    private final KeyPublication publication;
    private final Duration lastGood;
    private final Surroundings surroundings;
    private final KeyRefresher refresher;

    /** Held by whoever fetches. */
    private final ReentrantLock flight = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fetched = lock.newCondition();

    /** Written under the lock by whoever fetched; read without. */
    private volatile HeldKeys held = HeldKeys.NOTHING;

    // Guarded by the lock.
    private boolean fetching;
    private long fetches;
    private long askedForUnknown;
    private boolean everAskedForUnknown;
    private boolean closed;

    /**
     * Keys that are not fetched yet.
     *
     * @param owner name of the provider in the configuration, for the thread and for messages
     * @param every how often the keys are fetched when all is well
     * @param lastGood how long the last good keys are believed while they cannot be fetched
     */
    public Keyring(
            String owner, KeyPublication publication, Duration every, Duration lastGood, Surroundings surroundings) {
        this.owner = owner;
        this.publication = publication;
        this.lastGood = lastGood;
        this.surroundings = surroundings;
        this.refresher = new KeyRefresher("keys-of-" + owner, every, surroundings.random(), this::refresh);
    }

    /** Begins to fetch, and to keep up to date. */
    public void start() {
        refresher.start();
    }

    /**
     * Fetches now, in this thread; what the thread of the keyring does when it is time.
     *
     * @return whether there are new keys, or the same again
     */
    public boolean refresh() throws InterruptedException {
        flight.lockInterruptibly();
        HeldKeys before = held;
        HeldKeys after = before;
        try {
            begin();
            after = fetch(before);
        } finally {
            finish(after);
            flight.unlock();
        }
        report(before, after);
        return !after.isTroubled();
    }

    private void begin() {
        lock.lock();
        try {
            fetching = true;
            refresher.begun();
        } finally {
            lock.unlock();
        }
    }

    private HeldKeys fetch(HeldKeys before) throws InterruptedException {
        Instant begun = surroundings.wall().instant();
        try {
            KeySet keys = publication.fetch();
            return before.with(keys, surroundings.nanos().getAsLong(), begun);
        } catch (IOException e) {
            return before.troubledBy("cannot be fetched: " + e.getMessage());
        } catch (UnusableKeyException e) {
            return before.troubledBy(e.getMessage());
        } catch (RuntimeException e) {
            // Our bug, or the library's; but if it ended the thread, the keys would never be fetched again.
            LOG.log(System.Logger.Level.ERROR, "fetching keys must not fail in this way", e);
            return before.troubledBy("cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private void finish(HeldKeys after) {
        lock.lock();
        try {
            held = after;
            fetching = false;
            fetches++;
            fetched.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void report(HeldKeys before, HeldKeys after) {
        if (after.isTroubled() && !before.isTroubled()) {
            LOG.log(System.Logger.Level.WARNING, String.join("; ", troubles()));
        } else if (!after.isTroubled() && before.isTroubled()) {
            LOG.log(System.Logger.Level.INFO, "identity provider {0}: keys can be fetched again", owner);
        }
    }

    /**
     * Which keys are believed at the moment; changes when the keys do. -1 when there are none, and every key is
     * {@link OutOfReach}. Does not wait.
     */
    public long generation() {
        HeldKeys now = held;
        return areBelieved(now) ? now.generation() : -1;
    }

    private boolean areBelieved(HeldKeys keys) {
        return keys.areBelieved(surroundings.nanos().getAsLong(), lastGood);
    }

    /**
     * Finds a key; where it is not there, fetches the keys if that may help, and waits for it.
     *
     * @param id the name of the key in the token; null when it has none
     * @param algorithm what it must verify by, when the token has no name of a key
     * @param issuedAt when the token says that it was issued; the past when it does not say
     */
    public KeyLookup find(@Nullable String id, SignatureAlgorithm algorithm, Instant issuedAt) {
        KeyLookup found = lookup(id, algorithm, issuedAt);
        boolean isFinal = found instanceof Known || (id == null && held.keys() != null);
        return isFinal ? found : findNew(id, algorithm, issuedAt);
    }

    private KeyLookup lookup(@Nullable String id, SignatureAlgorithm algorithm, Instant issuedAt) {
        HeldKeys now = held;
        return areBelieved(now) ? now.find(id, algorithm, issuedAt) : new OutOfReach();
    }

    private KeyLookup findNew(@Nullable String id, SignatureAlgorithm algorithm, Instant issuedAt) {
        long left = LONGEST_WAIT.toNanos();
        lock.lock();
        try {
            KeyLookup found = lookup(id, algorithm, issuedAt);
            while (!(found instanceof Known) && left > 0 && !closed) {
                if (isFetchDue()) {
                    // One that has begun may have been answered before the key was published.
                    long mine = fetches + (fetching ? 2 : 1);
                    refresher.ask();
                    awaitFetch(mine, left);
                    boolean isAnswered = fetches >= mine && !held.isTroubled();
                    return lookup(id, algorithm, isAnswered ? Instant.EPOCH : issuedAt);
                }
                if (!isFetchComing()) {
                    return found;
                }
                left = awaitFetch(fetches + 1, left);
                found = lookup(id, algorithm, issuedAt);
            }
            return found;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new OutOfReach();
        } finally {
            lock.unlock();
        }
    }

    private long awaitFetch(long number, long nanos) throws InterruptedException {
        long left = nanos;
        while (fetches < number && !closed && left > 0) {
            left = fetched.awaitNanos(left);
        }
        return left;
    }

    /** In an outage nobody waits for the thread's own attempts; they would pile up behind each other. */
    private boolean isFetchComing() {
        return !held.isTroubled() && (fetching || refresher.isAsked());
    }

    /** Whether an unknown key may lead to a fetch now; if so, none may for a while. */
    private boolean isFetchDue() {
        long now = surroundings.nanos().getAsLong();
        boolean isTooSoon = everAskedForUnknown && now - askedForUnknown < BETWEEN_UNKNOWN.toNanos();
        if (isTooSoon || !areBelieved(held)) {
            return false;
        }
        everAskedForUnknown = true;
        askedForUnknown = now;
        return true;
    }

    /** What is wrong with the keys, for people who run Hansard; empty when all is well. */
    public List<String> troubles() {
        HeldKeys now = held;
        List<String> troubles = new ArrayList<>();
        String where = "identity provider " + owner + ": the key set of " + publication.place();
        if (now.isTroubled()) {
            troubles.add(where + " " + now.trouble() + "; " + consequence(now));
        }
        if (now.keys() != null) {
            now.keys().leftOut().forEach(key -> troubles.add(where + ": " + key + "; tokens of it are refused"));
        }
        return troubles;
    }

    private String consequence(HeldKeys now) {
        if (!areBelieved(now)) {
            return "its tokens cannot be verified and are answered with 503";
        }
        long age = surroundings.nanos().getAsLong() - now.goodAt();
        return "the last good keys are " + TimeUnit.NANOSECONDS.toMinutes(age) + " min old and hold for "
                + lastGood.toMinutes() + " min";
    }

    /** Whether there is no thread any more. */
    boolean isEnded() {
        return refresher.isEnded();
    }

    /** Ends the thread, also amid a fetch, and those who wait. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            fetched.signalAll();
        } finally {
            lock.unlock();
        }
        refresher.close();
    }
}
