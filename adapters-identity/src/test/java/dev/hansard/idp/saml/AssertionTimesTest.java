// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.jose.MovedClock;
import dev.hansard.idp.saml.SamlOutcome.Verified;
import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.Signing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Boundaries, to the nanosecond, and assertions that come twice. */
class AssertionTimesTest {
    private static final String SIGNED = Messages.signedAssertion();

    /** From its subject confirmation, which ends before its conditions do. */
    private static final Instant END = Instant.parse("2026-03-01T12:05:00Z");

    /** The latest of the times at which it begins: when it was issued. */
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00.123Z");

    private final Desk desk = new Desk();

    @Test
    void acceptsUntilTheLastMoment() {
        desk.clock.set(END.plus(Desk.SKEW).minusNanos(1));

        assertThat(desk.post(SIGNED)).isInstanceOf(Verified.class);
    }

    @Test
    void refusesFromTheEndOn() {
        desk.clock.set(END.plus(Desk.SKEW));

        assertThat(desk.post(SIGNED)).isEqualTo(Desk.rejected(Flaw.EXPIRED));
    }

    @Test
    void acceptsFromTheFirstMoment() {
        desk.clock.set(BEGIN.minus(Desk.SKEW));

        assertThat(desk.post(SIGNED)).isInstanceOf(Verified.class);
    }

    @Test
    void refusesBeforeTheFirstMoment() {
        desk.clock.set(BEGIN.minus(Desk.SKEW).minusNanos(1));

        assertThat(desk.post(SIGNED)).isEqualTo(Desk.rejected(Flaw.ISSUED_IN_FUTURE));
    }

    @Test
    void refusesAnAssertionThatLivesLongerThanItMay() {
        Duration ahead = Duration.between(MovedClock.NOON, END).minus(Desk.SKEW);
        Desk fits = deskFor(ahead);
        Desk tooShort = deskFor(ahead.minusNanos(1));

        assertThat(fits.post(SIGNED)).isInstanceOf(Verified.class);
        assertThat(tooShort.post(SIGNED)).isEqualTo(Desk.rejected(Flaw.LIVES_TOO_LONG));
    }

    private static Desk deskFor(Duration maxLifetime) {
        return new Desk(
                new SamlSettings(Messages.ISSUER, Messages.AUDIENCE, Messages.ENDPOINT, Desk.SKEW, maxLifetime, 10));
    }

    @Test
    void refusesAnAssertionThatComesTwice() {
        assertThat(desk.post(SIGNED)).isInstanceOf(Verified.class);

        assertThat(desk.post(SIGNED)).isEqualTo(Desk.rejected(Flaw.REPLAYED));
        assertThat(desk.post(Messages.signedResponse())).isEqualTo(Desk.rejected(Flaw.REPLAYED));
    }

    @Test
    void remembersAnAssertionToItsEnd() {
        desk.post(SIGNED);

        desk.clock.move(Duration.between(MovedClock.NOON, END).plus(Desk.SKEW).minusNanos(1));

        assertThat(desk.post(SIGNED)).isEqualTo(Desk.rejected(Flaw.REPLAYED));
    }

    @Test
    void remembersAnAssertionWhenTheTimeOfDayIsSetBack() {
        desk.clock.move(Duration.ofMinutes(4));
        desk.post(SIGNED);

        desk.clock.set(MovedClock.NOON);

        assertThat(desk.post(SIGNED)).isEqualTo(Desk.rejected(Flaw.REPLAYED));
    }

    @Test
    void acceptsNothingWhenItCanRememberNoMore() {
        Desk small = new Desk(1);
        small.post(SIGNED);

        SamlOutcome second = small.post(Signing.rsa().sign(Messages.adfs(), "Assertion"));

        assertThat(second).isEqualTo(Desk.rejected(Flaw.TOO_MANY_ASSERTIONS));
        assertThat(Flaw.TOO_MANY_ASSERTIONS.isPassing()).isTrue();
    }

    @Test
    void forgetsWhatNobodyCanUseAnyMore() {
        var nanos = new AtomicLong(Long.MAX_VALUE - 5);
        var memory = new AssertionMemory(1, nanos::get);

        assertThat(memory.use("a", Duration.ofNanos(10))).isEqualTo(AssertionMemory.Answer.NEW);
        nanos.addAndGet(9);
        assertThat(memory.use("b", Duration.ofNanos(10))).isEqualTo(AssertionMemory.Answer.FULL);
        nanos.addAndGet(1);
        assertThat(memory.use("b", Duration.ofNanos(10))).isEqualTo(AssertionMemory.Answer.NEW);
    }

    @Test
    void doesNotUseUpAnAssertionThatIsRefused() {
        assertThat(desk.post(SIGNED, new SamlVerifier.Expected.AnswerTo("_another")))
                .isEqualTo(Desk.rejected(Flaw.WRONG_REQUEST));

        assertThat(desk.post(SIGNED)).isInstanceOf(Verified.class);
    }
}
