// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.ports.identity.DeviceDesk;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.SignedIn;
import dev.hansard.ports.identity.SignedInRecord;
import dev.hansard.ports.identity.SignedInRecords;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in with a browser or a command line, at this node or any other that shares its control store. Of what a
 * browser shows only a digest is kept, so that a copy of the store is of no use to sign in with. A session ends when
 * nothing was asked for {@code idle}, and after {@code absolute} in any case. That it was used is written down once a
 * minute at most, so it may end by so much before its idle time is over. Safe for any number of threads.
 */
public final class PeopleSessions {
    /** How long a use may go unwritten. */
    static final Duration UNWRITTEN = Duration.ofMinutes(1);

    /** For short idle times: the part of them that a use may go unwritten. */
    private static final int PART = 10;

    /** A cookie is of no use as a bearer token, nor the other way round. */
    private static final String KEPT = "session";

    private static final String KEPT_TOKEN = "session by token";
    private static final String TOKEN = "token of a session";

    private final SignedInRecords records;
    private final Duration idle;
    private final Duration absolute;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * Those of a store.
     *
     * @param random nobody may guess what it gives
     */
    public PeopleSessions(
            SignedInRecords records, Duration idle, Duration absolute, InstantSource clock, RandomGenerator random) {
        if (!idle.isPositive() || absolute.compareTo(idle) < 0) {
            throw new InvalidValueException(
                    "admin.session.idle must be positive and at most admin.session.absolute, but is " + idle);
        }
        this.records = records;
        this.idle = idle;
        this.absolute = absolute;
        this.clock = clock;
        this.random = random;
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
        keep(Tokens.digest(KEPT, secret), person, latest);
        return Secret.of(secret);
    }

    /** The same for a command line, which shows it as a bearer token. */
    Secret openToken(Person person, @Nullable Instant latest) {
        String secret = DeviceDesk.TOKEN_PREFIX + Tokens.make(random);
        keep(Tokens.digest(KEPT_TOKEN, secret), person, latest);
        return Secret.of(secret);
    }

    private void keep(String kept, Person person, @Nullable Instant latest) {
        Instant now = clock.instant();
        Instant end = now.plus(absolute);
        Instant until = latest == null || end.isBefore(latest) ? end : latest;
        records.add(new SignedInRecord(kept, person, now, until), now, now.minus(idle));
    }

    private boolean hasEnded(SignedInRecord record, Instant now) {
        return !now.isBefore(record.usedAt().plus(idle)) || !now.isBefore(record.endsAt());
    }

    /** The session that a browser shows, which is used thereby; null when there is none that lives. */
    @Nullable
    SignedIn use(String secret) {
        return use(Tokens.digest(KEPT, secret), secret);
    }

    /** The same for a bearer token. */
    @Nullable
    SignedIn useToken(String token) {
        return use(Tokens.digest(KEPT_TOKEN, token), token);
    }

    private @Nullable SignedIn use(String kept, String secret) {
        Instant now = clock.instant();
        SignedInRecord record = records.find(kept);
        if (record == null) {
            return null;
        }
        if (hasEnded(record, now)) {
            records.remove(kept);
            return null;
        }
        Instant used = noted(record, now);
        Instant until = record.endsAt();
        Instant idleUntil = used.plus(idle);
        return new SignedIn(
                record.person(),
                Secret.of(Tokens.digest(TOKEN, secret)),
                idleUntil.isBefore(until) ? idleUntil : until,
                until);
    }

    /** Writes down the use when the last that was written is some time ago; returns the one that is written now. */
    private Instant noted(SignedInRecord record, Instant now) {
        Duration part = idle.dividedBy(PART);
        Duration unwritten = part.compareTo(UNWRITTEN) < 0 ? part : UNWRITTEN;
        if (now.isBefore(record.usedAt().plus(unwritten))) {
            return record.usedAt();
        }
        records.use(record.digest(), now);
        return now;
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
        SignedInRecord record = records.remove(kept);
        return record == null || hasEnded(record, clock.instant()) ? null : record.person();
    }

    /** How many there are, the ended ones that nobody came back to counted. */
    int count() {
        return records.count();
    }
}
