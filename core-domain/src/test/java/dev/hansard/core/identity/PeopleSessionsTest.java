// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.InMemorySignedInRecords;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.SignedIn;
import dev.hansard.ports.identity.SignedInRecords;
import dev.hansard.ports.value.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeopleSessionsTest {
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration ABSOLUTE = Duration.ofHours(12);
    private static final Duration ALMOST_IDLE = IDLE.minusMillis(1);

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final PeopleSessions sessions =
            new PeopleSessions(new InMemorySignedInRecords(), IDLE, ABSOLUTE, () -> now, new Random(1));

    private static Person person(String subject) {
        return new Person(new Caller("corp", subject, List.of()), null, null);
    }

    private String open(String subject) {
        return sessions.open(person(subject), null).reveal();
    }

    @Test
    void knowsWhoIsSignedIn() {
        String secret = open("ann");

        SignedIn found = sessions.use(secret);

        assertThat(found).isNotNull();
        assertThat(found.person()).isEqualTo(person("ann"));
        assertThat(found.idleUntil()).isEqualTo(now.plus(IDLE));
        assertThat(found.until()).isEqualTo(now.plus(ABSOLUTE));
    }

    @Test
    void endsWhenNothingIsAsked() {
        String secret = open("ann");

        now = now.plus(ALMOST_IDLE);
        assertThat(sessions.use(secret)).isNotNull();
        now = now.plus(ALMOST_IDLE);
        assertThat(sessions.use(secret)).isNotNull();
        now = now.plus(IDLE);
        assertThat(sessions.use(secret)).isNull();
        assertThat(sessions.count()).isZero();
    }

    @Test
    void endsAfterItsTimeHoweverMuchIsAsked() {
        String secret = open("ann");
        Instant end = now.plus(ABSOLUTE);

        while (now.plus(ALMOST_IDLE).isBefore(end)) {
            now = now.plus(ALMOST_IDLE);
            assertThat(sessions.use(secret)).isNotNull();
        }
        SignedIn last = sessions.use(secret);
        now = end;

        assertThat(last).isNotNull();
        assertThat(last.idleUntil()).isEqualTo(end);
        assertThat(sessions.use(secret)).isNull();
    }

    @Test
    void givesEachSessionASecretAndATokenOfItsOwn() {
        String first = open("ann");
        String second = open("ann");

        SignedIn one = sessions.use(first);
        SignedIn other = sessions.use(second);

        assertThat(first).isNotEqualTo(second).matches("[A-Za-z0-9_-]{43}");
        assertThat(one).isNotNull();
        assertThat(other).isNotNull();
        assertThat(one.token()).isNotEqualTo(other.token());
        assertThat(one.token().reveal()).isNotEqualTo(first);
        assertThat(sessions.use(one.token().reveal())).isNull();
    }

    @Test
    void endsTheOldestSessionOfAPersonWithMany() {
        String other = open("bob");
        String first = open("ann");
        String kept = "";
        for (int i = 0; i < SignedInRecords.MOST_OF_ONE; i++) {
            now = now.plusSeconds(1);
            kept = open("ann");
        }

        assertThat(sessions.use(first)).isNull();
        assertThat(sessions.use(kept)).isNotNull();
        assertThat(sessions.use(other)).isNotNull();
        assertThat(sessions.count()).isEqualTo(SignedInRecords.MOST_OF_ONE + 1);
    }

    @Test
    void forgetsWhatHasEnded() {
        open("ann");
        now = now.plus(IDLE);

        open("bob");

        assertThat(sessions.count()).isEqualTo(1);
    }

    @Test
    void saysWhoseSessionWasEnded() {
        String secret = open("ann");

        assertThat(sessions.end(secret)).isEqualTo(person("ann"));
        assertThat(sessions.end(secret)).isNull();
        assertThat(sessions.use(secret)).isNull();
    }

    @Test
    void wantsAnIdleTimeWithinTheWholeTime() {
        assertThatThrownBy(() -> new PeopleSessions(
                        new InMemorySignedInRecords(),
                        Duration.ofHours(2),
                        Duration.ofHours(1),
                        () -> now,
                        new Random(1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("admin.session.idle");
    }
}
