// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final ServiceName SERVICE = new ServiceName("payments");
    private static final Caller BILLING = new Caller("mesh", "billing", List.of());
    private static final Caller SHOP = new Caller("mesh", "shop", List.of());
    private static final Caller ANYONE = new Caller("anyone", "anonymous", List.of());
    private static final String ADDRESS = "192.0.2.1";
    private static final long SECOND = 1_000_000_000;

    // Far below zero, as a clock may begin.
    private final AtomicLong time = new AtomicLong(-5 * SECOND);

    private Limits limits(ServiceLimits limits) {
        return new Limits(Map.of(SERVICE, limits), Set.of("anyone"), time::get);
    }

    private Limits rates(RateLimit... rates) {
        return limits(new ServiceLimits(List.of(rates), 0, 0, 100));
    }

    private static RateLimit perSecond(int calls, int burst, RateLimit.Per per) {
        return new RateLimit(new Rate(calls, Rate.Period.SECOND), burst, per);
    }

    private static long passed(Limits limits, Caller caller, int calls) {
        return IntStream.range(0, calls)
                .filter(_ -> !(limits.enter(SERVICE, caller, ADDRESS) instanceof Entry.Over))
                .count();
    }

    private static Refusal refusal(Limits limits, Caller caller) {
        return ((Entry.Over) limits.enter(SERVICE, caller, ADDRESS)).refusal();
    }

    @Test
    void keepsCallersApart() {
        Limits limits = rates(perSecond(10, 20, RateLimit.Per.CALLER));

        assertThat(passed(limits, BILLING, 50)).isEqualTo(20);
        assertThat(passed(limits, SHOP, 50)).isEqualTo(20);
        time.addAndGet(SECOND);
        assertThat(passed(limits, BILLING, 50)).isEqualTo(10);
    }

    @Test
    void countsAllCallersOfAServiceTogetherWhereToldSo() {
        Limits limits = rates(perSecond(10, 20, RateLimit.Per.SERVICE));

        assertThat(passed(limits, BILLING, 15) + passed(limits, SHOP, 15)).isEqualTo(20);
    }

    @Test
    void tellsAnonymousCallersApartByAddress() {
        Limits limits = rates(perSecond(1, 1, RateLimit.Per.CALLER));

        assertThat(limits.enter(SERVICE, ANYONE, "192.0.2.1")).isInstanceOf(Entry.Free.class);
        assertThat(limits.enter(SERVICE, ANYONE, "192.0.2.2")).isInstanceOf(Entry.Free.class);
        assertThat(limits.enter(SERVICE, ANYONE, "192.0.2.1")).isInstanceOf(Entry.Over.class);
        assertThat(limits.enter(SERVICE, ANYONE, "2001:db8:0:1:2:3:4:5")).isInstanceOf(Entry.Free.class);
        assertThat(limits.enter(SERVICE, ANYONE, "2001:db8:0:1:ffff:0:0:1")).isInstanceOf(Entry.Over.class);
        assertThat(limits.enter(SERVICE, ANYONE, "2001:db8:0:2:2:3:4:5")).isInstanceOf(Entry.Free.class);
    }

    @Test
    void saysWhenToComeAgainInWholeSecondsThatAreEnough() {
        Limits limits = rates(new RateLimit(new Rate(40, Rate.Period.MINUTE), 1, RateLimit.Per.CALLER));
        passed(limits, BILLING, 1);

        Refusal refusal = refusal(limits, BILLING);

        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.code()).isEqualTo("rate_limited");
        assertThat(refusal.detail()).contains("40/m of one caller", "try again in 2 s");
        assertThat(refusal.fields()).containsExactly(new Field("Retry-After", "2"));
        time.addAndGet(SECOND);
        assertThat(refusal(limits, BILLING).fields()).containsExactly(new Field("Retry-After", "1"));
        time.addAndGet(SECOND / 2);
        assertThat(passed(limits, BILLING, 1)).isOne();
    }

    @Test
    void takesNothingForACallThatALaterLimitRefuses() {
        Limits limits = rates(perSecond(100, 10, RateLimit.Per.SERVICE), perSecond(1, 2, RateLimit.Per.CALLER));

        assertThat(passed(limits, BILLING, 100)).isEqualTo(2);
        assertThat(passed(limits, SHOP, 100)).isEqualTo(2);

        long others = IntStream.range(0, 100)
                .mapToObj(i -> new Caller("mesh", "c" + i, List.of()))
                .mapToLong(caller -> passed(limits, caller, 1))
                .sum();
        assertThat(others).isEqualTo(6);
    }

    @Test
    void countsCallsInFlight() {
        Limits limits = limits(new ServiceLimits(List.of(), 3, 2, 100));
        Entry first = limits.enter(SERVICE, BILLING, ADDRESS);
        limits.enter(SERVICE, BILLING, ADDRESS);

        assertThat(refusal(limits, BILLING).code()).isEqualTo("in_flight_limited");
        assertThat(refusal(limits, BILLING).status()).isEqualTo(429);
        limits.enter(SERVICE, SHOP, ADDRESS);
        assertThat(refusal(limits, SHOP).code()).isEqualTo("service_busy");
        assertThat(refusal(limits, SHOP).status()).isEqualTo(503);
        first.leave();
        assertThat(passed(limits, BILLING, 5)).isOne();
    }

    @Test
    void givesTheSeatBackOfACallThatComesTooFast() {
        var rate = perSecond(1, 1, RateLimit.Per.CALLER);
        Limits limits = limits(new ServiceLimits(List.of(rate), 2, 2, 100));
        limits.enter(SERVICE, BILLING, ADDRESS);

        passed(limits, BILLING, 10);

        assertThat(limits.enter(SERVICE, SHOP, ADDRESS)).isInstanceOf(Entry.Seated.class);
    }

    @Test
    void countsButDoesNotRefuseWhatWasApproved() {
        var rate = perSecond(1, 1, RateLimit.Per.CALLER);
        Limits limits = limits(new ServiceLimits(List.of(rate), 1, 1, 100));
        Entry first = limits.enter(SERVICE, BILLING, ADDRESS);

        Entry approved = limits.readmit(SERVICE, BILLING, ADDRESS);
        first.leave();

        assertThat(approved).isInstanceOf(Entry.Seated.class);
        assertThat(refusal(limits, SHOP).code()).isEqualTo("service_busy");
        approved.leave();
        assertThat(limits.enter(SERVICE, SHOP, ADDRESS)).isInstanceOf(Entry.Seated.class);
    }

    @Test
    void recordsSomeRefusalsAndCountsAll() {
        Limits limits = rates(perSecond(1, 1, RateLimit.Per.CALLER));

        long recorded = IntStream.range(0, 1_001)
                .mapToObj(_ -> limits.enter(SERVICE, BILLING, ADDRESS))
                .filter(entry -> entry instanceof Entry.Over over && over.recorded())
                .count();

        assertThat(recorded).isEqualTo(Limiter.RECORDED.burst());
        assertThat(limits.figures())
                .containsEntry("hansard_limit_refused_total{service=\"payments\",reason=\"rate\"}", 1_000L)
                .containsEntry("hansard_limit_refused_unrecorded_total{service=\"payments\"}", 900L);
    }

    @Test
    void letsEverythingThroughWhereThereAreNone() {
        assertThat(Limits.NONE.enter(SERVICE, BILLING, ADDRESS)).isSameAs(Entry.Free.FREE);
        assertThat(rates().enter(new ServiceName("other"), BILLING, ADDRESS)).isSameAs(Entry.Free.FREE);
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatThrownBy(() -> new Rate(0, Rate.Period.SECOND)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Rate(1_000_001, Rate.Period.SECOND)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> perSecond(1, 0, RateLimit.Per.CALLER)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new ServiceLimits(List.of(), -1, 0, 1)).isInstanceOf(InvalidValueException.class);
    }
}
