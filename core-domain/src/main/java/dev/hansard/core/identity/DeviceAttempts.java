// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.ports.identity.DeviceSignIn.Attempt;
import dev.hansard.ports.identity.Invitation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Command lines that wait for a person. Anybody can begin an attempt, so there is a limit, and the oldest gives way.
 * Each is known by the digest of a secret that only the command line has. Safe for any number of threads.
 */
final class DeviceAttempts {
    /** The most attempts that are under way. */
    static final int MOST = 1_000;

    /** The longest life of an attempt, whatever the provider says. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final String PURPOSE = "attempt on a device";

    private final InstantSource clock;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    DeviceAttempts(InstantSource clock) {
        this.clock = clock;
    }

    /** One that is under way. But for the lock, its parts are for whoever holds the lock. */
    static final class Waiting {
        final String provider;
        final Attempt attempt;
        final Instant until;
        final ReentrantLock lock = new ReentrantLock();
        Duration interval;
        Instant nextAt;
        boolean isOver;

        private Waiting(String provider, Attempt attempt, Instant until, Duration interval, Instant nextAt) {
            this.provider = provider;
            this.attempt = attempt;
            this.until = until;
            this.interval = interval;
            this.nextAt = nextAt;
        }

        /** Nobody may ask the provider before this has passed. */
        void pause(Duration by, Instant now) {
            interval = by;
            nextAt = now.plus(by);
        }
    }

    void keep(String secret, String provider, Attempt attempt, Invitation invitation) {
        Instant now = clock.instant();
        Duration life = invitation.life().compareTo(LONGEST) > 0 ? LONGEST : invitation.life();
        Duration interval = invitation.interval();
        var one = new Waiting(provider, attempt, now.plus(life), interval, now.plus(interval));
        synchronized (waiting) {
            waiting.values().removeIf(other -> !now.isBefore(other.until));
            if (waiting.size() >= MOST) {
                waiting.remove(waiting.keySet().iterator().next());
            }
            waiting.put(Tokens.digest(PURPOSE, secret), one);
        }
    }

    /** The attempt of a secret; null when there is none, or it is over. */
    @Nullable
    Waiting find(String secret) {
        Waiting one;
        synchronized (waiting) {
            one = waiting.get(Tokens.digest(PURPOSE, secret));
        }
        return one == null || !clock.instant().isBefore(one.until) ? null : one;
    }

    void forget(String secret) {
        synchronized (waiting) {
            waiting.remove(Tokens.digest(PURPOSE, secret));
        }
    }
}
