// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.ports.identity.DeviceDesk;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.SignedIn;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in with a browser or a command line, in the memory of this node: a restart signs everybody out, and so does another node.
 * Of what a browser shows only a digest is kept, so that a dump of the memory is of no use to sign in with. A session
 * ends when nothing was asked for {@code idle}, and after {@code absolute} in any case. Safe for any number of threads.
 */
public final class PeopleSessions {
    /** The most sessions there are; one more ends the one that was not used for the longest. */
    static final int MOST = 10_000;

    /** The most sessions of one person; one more ends theirs that was not used for the longest. */
    static final int MOST_OF_ONE = 20;

    /** A cookie is of no use as a bearer token, nor the other way round. */
    private static final String KEPT = "session";

    private static final String KEPT_TOKEN = "session by token";
    private static final String TOKEN = "token of a session";

    private final Duration idle;
    private final Duration absolute;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Live> sessions = new HashMap<>();

    /**
     * No sessions yet.
     *
     * @param random nobody may guess what it gives
     */
    public PeopleSessions(Duration idle, Duration absolute, InstantSource clock, RandomGenerator random) {
        if (!idle.isPositive() || absolute.compareTo(idle) < 0) {
            throw new InvalidValueException(
                    "admin.session.idle must be positive and at most admin.session.absolute, but is " + idle);
        }
        this.idle = idle;
        this.absolute = absolute;
        this.clock = clock;
        this.random = random;
    }

    private record Live(Person person, Secret token, Instant until, Instant usedAt) {
        Live usedAt(Instant now) {
            return new Live(person, token, until, now);
        }
    }

    /** How long a session lives when nothing is asked. */
    Duration idle() {
        return idle;
    }

    /** How long a session lives in any case. */
    Duration absolute() {
        return absolute;
    }

    /**
     * Somebody signed in. What is returned is what their browser has to show, and is new each time.
     *
     * @param latest when their provider wants the session to end; null when it does not say
     */
    Secret open(Person person, @Nullable Instant latest) {
        String secret = Tokens.make(random);
        keep(Tokens.digest(KEPT, secret), secret, person, latest);
        return Secret.of(secret);
    }

    /** The same for a command line, which shows it as a bearer token. */
    Secret openToken(Person person, @Nullable Instant latest) {
        String secret = DeviceDesk.TOKEN_PREFIX + Tokens.make(random);
        keep(Tokens.digest(KEPT_TOKEN, secret), secret, person, latest);
        return Secret.of(secret);
    }

    private void keep(String kept, String secret, Person person, @Nullable Instant latest) {
        Instant now = clock.instant();
        Instant end = now.plus(absolute);
        Instant until = latest == null || end.isBefore(latest) ? end : latest;
        var live = new Live(person, Secret.of(Tokens.digest(TOKEN, secret)), until, now);
        synchronized (sessions) {
            sessions.values().removeIf(other -> hasEnded(other, now));
            makeRoom(MOST_OF_ONE, other -> isSame(other.person(), person));
            makeRoom(MOST, _ -> true);
            sessions.put(kept, live);
        }
    }

    private static boolean isSame(Person one, Person other) {
        return one.caller().provider().equals(other.caller().provider())
                && one.caller().subject().equals(other.caller().subject());
    }

    private void makeRoom(int most, Predicate<Live> among) {
        if (sessions.values().stream().filter(among).count() < most) {
            return;
        }
        sessions.entrySet().stream()
                .filter(entry -> among.test(entry.getValue()))
                .min(Comparator.comparing(entry -> entry.getValue().usedAt()))
                .ifPresent(oldest -> sessions.remove(oldest.getKey()));
    }

    private boolean hasEnded(Live live, Instant now) {
        return !now.isBefore(live.usedAt().plus(idle)) || !now.isBefore(live.until());
    }

    /** The session that a browser shows, which is used thereby; null when there is none that lives. */
    @Nullable
    SignedIn use(String secret) {
        return useKept(Tokens.digest(KEPT, secret));
    }

    /** The same for a bearer token. */
    @Nullable
    SignedIn useToken(String token) {
        return useKept(Tokens.digest(KEPT_TOKEN, token));
    }

    private @Nullable SignedIn useKept(String kept) {
        Instant now = clock.instant();
        synchronized (sessions) {
            Live live = sessions.get(kept);
            if (live == null) {
                return null;
            }
            if (hasEnded(live, now)) {
                sessions.remove(kept);
                return null;
            }
            sessions.put(kept, live.usedAt(now));
            Instant until = live.until();
            Instant idleUntil = now.plus(idle);
            return new SignedIn(live.person(), live.token(), idleUntil.isBefore(until) ? idleUntil : until, until);
        }
    }

    /** Ends a session; returns whose it was, or null when there was none that lived. */
    @Nullable
    Person end(String secret) {
        return endKept(Tokens.digest(KEPT, secret));
    }

    /** The same for a bearer token. */
    @Nullable
    Person endToken(String token) {
        return endKept(Tokens.digest(KEPT_TOKEN, token));
    }

    private @Nullable Person endKept(String kept) {
        Instant now = clock.instant();
        synchronized (sessions) {
            Live live = sessions.remove(kept);
            return live == null || hasEnded(live, now) ? null : live.person();
        }
    }

    /** How many there are, the ended ones that nobody came back to counted. */
    int count() {
        synchronized (sessions) {
            return sessions.size();
        }
    }
}
