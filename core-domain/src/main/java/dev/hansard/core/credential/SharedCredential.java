// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import dev.hansard.ports.credential.CredentialState;
import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.credential.SecretSource;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A credential that is the same for all callers: a value from a file or a vault, or a token of Hansard's own. It is
 * read ahead of its end, by one reader at a time; where the source fails, what was read last serves up to its own end,
 * and then only this credential is unavailable. A new value takes over between two calls, and the one before stays at
 * hand for the overlap. Safe for any number of threads: readers see one immutable {@link Held}.
 */
public final class SharedCredential implements HeldCredential {
    private static final System.Logger LOG = System.getLogger(SharedCredential.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6;

    private final CredentialSpec spec;
    private final SecretSource source;
    private final CredentialTools tools;

    /** Held by whoever asks the source. */
    private final ReentrantLock flight = new ReentrantLock();

    private final AtomicBoolean ticking = new AtomicBoolean();
    private volatile Held held;

    /**
     * What is there at one moment.
     *
     * @param previousEndNanos up to when {@code previous} may be used
     * @param dueNanos when the source is to be asked again
     * @param askedNanos when it was asked last
     * @param failures how often in a row it has failed since
     */
    private record Held(
            @Nullable Version current,
            @Nullable Version previous,
            long previousEndNanos,
            long dueNanos,
            long askedNanos,
            int failures,
            @Nullable String trouble) {}

    public SharedCredential(CredentialSpec spec, SecretSource source, CredentialTools tools) {
        this.spec = spec;
        this.source = source;
        this.tools = tools;
        long now = tools.nanos().getAsLong();
        this.held = new Held(null, null, now, now, now - BETWEEN_RENEWALS_NANOS, 0, "it was not read so far");
    }

    @Override
    public CredentialSpec spec() {
        return spec;
    }

    @Override
    public Version version(@Nullable Secret subject) throws CredentialUnavailableException {
        Version now = usable(held);
        if (now == null) {
            // A failed source is not asked by every call: what is due says when.
            boolean isWorthAsking = held.failures() == 0 || nanos() - held.dueNanos() >= 0;
            if (isWorthAsking) {
                ask(held);
                now = usable(held);
            }
        }
        if (now == null) {
            throw CredentialUnavailableException.passing(String.valueOf(held.trouble()));
        }
        return now;
    }

    private @Nullable Version usable(Held held) {
        Version current = held.current();
        return current == null || current.isOver(nanos()) ? null : current;
    }

    @Override
    public @Nullable Version previous() {
        Held now = held;
        Version previous = now.previous();
        boolean isOver = previous == null || nanos() - now.previousEndNanos() >= 0 || previous.isOver(nanos());
        return isOver ? null : previous;
    }

    @Override
    public @Nullable Version newer(Version used, @Nullable Secret subject) {
        Version current = usable(held);
        return current == null || current.id().equals(used.id()) ? null : current;
    }

    @Override
    public @Nullable Version other(Version refused, @Nullable Secret subject) {
        Held now = held;
        if (now.current() != null && !now.current().id().equals(refused.id())) {
            return usable(now);
        }
        if (nanos() - now.askedNanos() >= BETWEEN_RENEWALS_NANOS && ask(now)) {
            return usable(held);
        }
        Version previous = previous();
        return previous == null || previous.id().equals(refused.id()) ? null : previous;
    }

    /** Asks the source on a thread of its own where that is due, so that one slow source holds up no other. */
    @Override
    public void tick() {
        Held now = held;
        if (nanos() - now.dueNanos() >= 0 && ticking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("hansard-credential-" + spec.name()).start(() -> {
                try {
                    boolean _ = ask(now);
                } finally {
                    ticking.set(false);
                }
            });
        }
    }

    @Override
    public boolean rotate() {
        return ask(held);
    }

    /**
     * Asks the source, or waits for whoever is asking it already.
     *
     * @param before what was there when it was decided to ask
     * @return whether there is another version now
     */
    private boolean ask(Held before) {
        try {
            if (!flight.tryLock(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
            try {
                if (held.equals(before)) {
                    held = next(before);
                }
            } finally {
                flight.unlock();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return isOther(before.current(), held.current());
    }

    private static boolean isOther(@Nullable Version before, @Nullable Version after) {
        return after != null && (before == null || !before.id().equals(after.id()));
    }

    private Held next(Held before) throws InterruptedException {
        try {
            SecretReading reading = source.read();
            String flaw = spec.shape().flaw(reading.values());
            if (flaw != null) {
                return failed(before, "the value cannot be used: " + flaw);
            }
            return read(before, reading);
        } catch (CredentialUnavailableException e) {
            return failed(before, e.reason());
        } catch (RuntimeException e) {
            // Our bug; but calls must go on with what there is.
            LOG.log(System.Logger.Level.ERROR, "reading a credential must not fail in this way", e);
            return failed(before, "it cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private Held read(Held before, SecretReading reading) {
        Version current = before.current();
        long now = nanos();
        long due = now + jittered(reading.again());
        if (before.failures() > 0) {
            LOG.log(System.Logger.Level.INFO, "credential {0} can be read again", spec.name());
        }
        if (current != null && current.values().equals(reading.values())) {
            Version same = current.extended(reading, tools);
            return new Held(same, before.previous(), before.previousEndNanos(), due, now, 0, null);
        }
        Version made = Version.of(reading, tools);
        if (current != null) {
            LOG.log(System.Logger.Level.INFO, "credential {0} has the new version {1}", spec.name(), made.id());
        }
        return new Held(made, current, now + spec.overlap().toNanos(), due, now, 0, null);
    }

    private Held failed(Held before, String trouble) {
        if (before.failures() == 0) {
            LOG.log(System.Logger.Level.WARNING, "credential {0}: {1}", spec.name(), trouble);
        }
        Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(before.failures(), MOST_DOUBLINGS));
        long wait = jittered(doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY);
        long now = nanos();
        return new Held(
                before.current(),
                before.previous(),
                before.previousEndNanos(),
                now + wait,
                now,
                before.failures() + 1,
                trouble);
    }

    /** Up to a tenth less, so that many nodes do not ask in step, and never later than asked for. */
    private long jittered(Duration plain) {
        return plain.toNanos() / 1000 * tools.random().nextInt(900, 1001);
    }

    private long nanos() {
        return tools.nanos().getAsLong();
    }

    @Override
    public CredentialState state() {
        Held now = held;
        Version current = now.current();
        Version previous = previous();
        return new CredentialState(
                spec.name(),
                spec.service(),
                spec.type(),
                current == null ? null : current.id(),
                current == null ? null : current.since(),
                current == null ? null : current.expiresAt(),
                previous == null ? null : previous.id(),
                previous == null ? null : tools.wall().instant().plusNanos(now.previousEndNanos() - nanos()),
                now.trouble());
    }

    @Override
    public void close() {
        source.close();
    }
}
