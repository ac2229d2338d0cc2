// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import dev.hansard.idp.jose.Keyring.Lookup.Known;
import dev.hansard.idp.jose.Keyring.Lookup.OutOfReach;
import dev.hansard.idp.jose.Keyring.Lookup.Unknown;
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

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_CLOSING = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger(Keyring.class.getName());

    private final String owner;
    private final KeyPublication publication;
    private final Duration every;
    private final Duration lastGood;
    private final Surroundings surroundings;

    /** Held by whoever fetches. */
    private final ReentrantLock flight = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final Condition fetched = lock.newCondition();

    /** Written under the lock by whoever fetched; read without. */
    private volatile Held held = Held.NOTHING;

    // Guarded by the lock.
    private boolean wanted;
    private boolean fetching;
    private long fetches;
    private long askedForUnknown;
    private boolean everAskedForUnknown;
    private boolean closed;
    private @Nullable Thread thread;

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
        this.every = every;
        this.lastGood = lastGood;
        this.surroundings = surroundings;
    }

    /** What is known of a key. */
    public sealed interface Lookup {
        /** The key, and the generation of keys that it is of. */
        record Known(VerificationKey key, long generation) implements Lookup {}

        /** The issuer has no such key. */
        record Unknown() implements Lookup {}

        /** Nobody can tell at the moment. */
        record OutOfReach() implements Lookup {}
    }

    /**
     * What the last fetches brought.
     *
     * @param keys the last good ones
     * @param generation counts the sets that differed
     * @param goodAt when {@code keys} were fetched, by the clock that only goes forward
     * @param askedAt when their fetch began, by the time of day
     * @param trouble why the last fetch failed; null when it did not
     */
    private record Held(
            @Nullable KeySet keys,
            long generation,
            long goodAt,
            Instant askedAt,
            @Nullable String trouble) {
        static final Held NOTHING = new Held(null, 0, 0, Instant.MIN, null);
    }

    /** Begins to fetch, and to keep up to date. */
    public void start() {
        lock.lock();
        try {
            if (thread == null && !closed) {
                wanted = true;
                thread = Thread.ofVirtual().name("keys-of-" + owner).start(this::keepUpToDate);
            }
        } finally {
            lock.unlock();
        }
    }

    private void keepUpToDate() {
        long failures = 0;
        try {
            while (awaitTurn(failures)) {
                failures = refresh() ? 0 : failures + 1;
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private boolean awaitTurn(long failures) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = untilNext(failures).toNanos();
            while (!wanted && !closed && left > 0) {
                left = asked.awaitNanos(left);
            }
            wanted = false;
            fetching = !closed;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** A tenth more or less, so that many nodes do not ask in step. */
    private Duration untilNext(long failures) {
        Duration plain = every;
        if (failures > 0) {
            long doubled = FIRST_RETRY.toMillis() << Math.min(failures - 1, 10);
            plain = Duration.ofMillis(Math.min(doubled, Math.min(LAST_RETRY.toMillis(), every.toMillis())));
        }
        return plain.multipliedBy(surroundings.random().nextInt(900, 1101)).dividedBy(1000);
    }

    /**
     * Fetches now, in this thread; what the thread of the keyring does when it is time.
     *
     * @return whether there are new keys, or the same again
     */
    public boolean refresh() throws InterruptedException {
        flight.lockInterruptibly();
        Held before = held;
        Held after = before;
        try {
            setFetching();
            after = fetched(before);
        } finally {
            finish(after);
            flight.unlock();
        }
        report(before, after);
        return after.trouble() == null;
    }

    private Held fetched(Held before) throws InterruptedException {
        Instant askedAt = surroundings.wall().instant();
        try {
            KeySet keys = publication.fetch();
            boolean same = before.keys() != null && before.keys().isSameAs(keys);
            long generation = same ? before.generation() : before.generation() + 1;
            return new Held(keys, generation, surroundings.nanos().getAsLong(), askedAt, null);
        } catch (IOException e) {
            return failed(before, "cannot be fetched: " + e.getMessage());
        } catch (UnusableKeyException e) {
            return failed(before, e.getMessage());
        } catch (RuntimeException e) {
            // Our bug, or the library's; but if it ended the thread, the keys would never be fetched again.
            LOG.log(System.Logger.Level.ERROR, "fetching keys must not fail in this way", e);
            return failed(before, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static Held failed(Held before, @Nullable String why) {
        return new Held(before.keys(), before.generation(), before.goodAt(), before.askedAt(), why);
    }

    private void setFetching() {
        lock.lock();
        try {
            fetching = true;
        } finally {
            lock.unlock();
        }
    }

    private void finish(Held after) {
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

    private void report(Held before, Held after) {
        if (after.trouble() != null && before.trouble() == null) {
            LOG.log(System.Logger.Level.WARNING, String.join("; ", troubles()));
        } else if (after.trouble() == null && before.trouble() != null) {
            LOG.log(System.Logger.Level.INFO, "identity provider {0}: keys can be fetched again", owner);
        }
    }

    /**
     * Which keys are believed at the moment; changes when the keys do. -1 when there are none, and every key is
     * {@link OutOfReach}. Does not wait.
     */
    public long generation() {
        Held now = held;
        return isBelieved(now) ? now.generation() : -1;
    }

    private boolean isBelieved(Held now) {
        return now.keys() != null
                && (now.trouble() == null || surroundings.nanos().getAsLong() - now.goodAt() < lastGood.toNanos());
    }

    /**
     * Finds a key; where it is not there, fetches the keys if that may help, and waits for it.
     *
     * @param id the name of the key in the token; null when it has none
     * @param algorithm what it must verify by, when the token has no name of a key
     * @param issuedAt when the token says that it was issued; the past when it does not say
     */
    public Lookup find(@Nullable String id, SignatureAlgorithm algorithm, Instant issuedAt) {
        Lookup found = lookup(held, id, algorithm, issuedAt);
        if (found instanceof Known || (id == null && held.keys() != null)) {
            return found;
        }
        return findNew(id, algorithm, issuedAt);
    }

    private Lookup lookup(Held now, @Nullable String id, SignatureAlgorithm algorithm, Instant issuedAt) {
        if (now.keys() == null || !isBelieved(now)) {
            return new OutOfReach();
        }
        VerificationKey key = now.keys().find(id, algorithm);
        if (key != null) {
            return new Known(key, now.generation());
        }
        // Tokens count whole seconds, so that one issued right after the fetch may seem to be from before.
        boolean isNewer = issuedAt.plusSeconds(1).isAfter(now.askedAt());
        return id != null && isNewer ? new OutOfReach() : new Unknown();
    }

    private Lookup findNew(@Nullable String id, SignatureAlgorithm algorithm, Instant issuedAt) {
        long left = LONGEST_WAIT.toNanos();
        lock.lock();
        try {
            Lookup found = lookup(held, id, algorithm, issuedAt);
            while (!(found instanceof Known) && !closed && left > 0) {
                long mine = fetches + (fetching ? 1 : 0);
                boolean isOut = held.trouble() != null && !isBelieved(held);
                boolean isAsked = !isOut && isFetchDue();
                if (isOut || (!isAsked && !fetching && !wanted)) {
                    return found;
                }
                if (isAsked) {
                    wanted = true;
                    asked.signal();
                }
                left = awaitFetch(isAsked ? mine + 1 : fetches + 1, left);
                boolean isAnswered = isAsked && fetches > mine && held.trouble() == null;
                found = lookup(held, id, algorithm, isAnswered ? Instant.EPOCH : issuedAt);
                if (isAsked) {
                    return found;
                }
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

    /** Whether an unknown key may lead to a fetch now; if so, none may for a while. */
    private boolean isFetchDue() {
        long now = surroundings.nanos().getAsLong();
        if (held.keys() == null || (everAskedForUnknown && now - askedForUnknown < BETWEEN_UNKNOWN.toNanos())) {
            return false;
        }
        everAskedForUnknown = true;
        askedForUnknown = now;
        return true;
    }

    /** What is wrong with the keys, for people who run Hansard; empty when all is well. */
    public List<String> troubles() {
        Held now = held;
        List<String> troubles = new ArrayList<>();
        String where = "identity provider " + owner + ": the key set of " + publication.place();
        if (now.trouble() != null) {
            troubles.add(where + " " + now.trouble() + "; " + consequence(now));
        }
        if (now.keys() != null) {
            now.keys().leftOut().forEach(key -> troubles.add(where + ": " + key + "; tokens of it are refused"));
        }
        return troubles;
    }

    private String consequence(Held now) {
        if (!isBelieved(now)) {
            return "its tokens cannot be verified and are answered with 503";
        }
        long age = surroundings.nanos().getAsLong() - now.goodAt();
        return "the last good keys are " + TimeUnit.NANOSECONDS.toMinutes(age) + " min old and hold for "
                + lastGood.toMinutes() + " min";
    }

    /** Whether there is no thread any more. */
    boolean isEnded() {
        lock.lock();
        try {
            return thread == null || !thread.isAlive();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread, also amid a fetch, and those who wait. */
    @Override
    public void close() {
        Thread ending;
        lock.lock();
        try {
            closed = true;
            asked.signalAll();
            fetched.signalAll();
            ending = thread;
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            ending.interrupt();
            try {
                ending.join(LONGEST_CLOSING);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
