// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hansard.core.approval.Holding;
import dev.hansard.core.circuit.CircuitRule;
import dev.hansard.core.circuit.Circuits;
import dev.hansard.core.id.SessionIds;
import dev.hansard.core.identity.Admittance;
import dev.hansard.core.identity.AllowedCallers;
import dev.hansard.core.identity.IdentityChain;
import dev.hansard.core.limit.Limits;
import dev.hansard.core.limit.Rate;
import dev.hansard.core.limit.RateLimit;
import dev.hansard.core.limit.ServiceLimits;
import dev.hansard.core.policy.PolicyBook;
import dev.hansard.core.policy.PolicySet;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.Admission.Admitted;
import dev.hansard.ports.exchange.Admission.Refused;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.Readiness;
import dev.hansard.ports.exchange.Ruling;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.value.NodeName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What limits and circuits do to calls, and calls to them. */
class ThrottleTest {
    private static final Arrival ARRIVAL = new Arrival("edge", "192.0.2.7", false);

    private final AtomicBoolean broken = new AtomicBoolean();
    private final Service service = Services.reachedBy("shop", Match.ANY);
    private final IdentityProvider keys = presented -> {
        String key = presented.head().fields().first("x-key");
        return key == null
                ? Identification.NotMine.NOT_MINE
                : new Identification.Recognised(new Caller("keys", key, List.of()), Set.of("x-key"));
    };

    private CallGateway gateway(ServiceLimits limits) {
        var random = new Random(1);
        InstantSource noon = () -> {
            if (broken.get()) {
                throw new IllegalStateException("no clock");
            }
            return Instant.parse("2026-01-01T12:00:00Z");
        };
        var throttle = new Throttle(
                new Limits(Map.of(service.name(), limits), Set.of("anonymous"), () -> 0),
                new Circuits(List.of(service), Map.of(service.name(), CircuitRule.USUAL), () -> 0));
        return new CallGateway(
                List.of(service),
                new CallRules(
                        new FieldRules(Set.of(), random), new PolicyBook(PolicySet.none()), Holding.CLOSED, throttle),
                new Admittance(Map.of("edge", new IdentityChain(List.of(keys))), AllowedCallers.ALL),
                ToldTargets.none(),
                null,
                new CallStamps(new NodeName("node-1"), new SessionIds(noon, random), new CallClock(noon, () -> 0)));
    }

    private static ServiceLimits rate(int burst) {
        var rate = new Rate(1, Rate.Period.SECOND);
        return new ServiceLimits(List.of(new RateLimit(rate, burst, RateLimit.Per.CALLER)), 0, 0, 10);
    }

    private static ServiceLimits inFlight(int most) {
        return new ServiceLimits(List.of(), most, 0, 10);
    }

    private static Admission admit(CallGateway gateway, String caller) {
        return gateway.admit(Heads.request("GET", "/x", "Host: shop.test", "X-Key: " + caller), ARRIVAL);
    }

    private static Call call(CallGateway gateway, String caller) {
        return ((Admitted) admit(gateway, caller)).call();
    }

    @Test
    void stopsACallerOverItsRateWithARecordAndLetsOthersPass() {
        CallGateway gateway = gateway(rate(1));
        call(gateway, "cart").finish(Ending.COMPLETE);

        Call over = call(gateway, "cart");
        Ruling ruling = over.ruling();

        assertThat(ruling)
                .isInstanceOfSatisfying(
                        Ruling.Stops.class,
                        stops -> assertThat(stops.refusal().code()).isEqualTo("rate_limited"));
        assertThat(catchThrowable(over::ready)).isInstanceOf(IllegalStateException.class);
        over.finish(Ending.ANSWERED_BY_GATEWAY);
        Call other = call(gateway, "billing");
        assertThat(other.ruling()).isEqualTo(Ruling.Passes.PASSES);
        other.finish(Ending.COMPLETE);
    }

    @Test
    void refusesAFloodWithoutACall() {
        CallGateway gateway = gateway(rate(1));
        int refused = 0;

        for (int i = 0; i < 300; i++) {
            switch (admit(gateway, "cart")) {
                case Admitted(Call call) -> {
                    if (call.ruling() instanceof Ruling.Stops(var refusal)) {
                        call.fail(refusal);
                    }
                    call.finish(Ending.COMPLETE);
                }
                case Refused(var refusal, var session) -> {
                    assertThat(refusal.code()).isEqualTo("rate_limited");
                    assertThat(session).isNull();
                    refused++;
                }
                default -> throw new AssertionError();
            }
        }

        assertThat(refused).isEqualTo(199);
        assertThat(gateway.counts().refused()).containsEntry("rate_limited", 299L);
        assertThat(gateway.counts().inFlight()).isZero();
    }

    @Test
    void countsACallInFlightUntilItIsFinished() {
        CallGateway gateway = gateway(inFlight(1));
        Call first = call(gateway, "cart");
        assertThat(call(gateway, "cart").ruling()).isInstanceOf(Ruling.Stops.class);

        first.finish(Ending.CALLER_ABORTED);

        assertThat(call(gateway, "cart").ruling()).isEqualTo(Ruling.Passes.PASSES);
    }

    @Test
    void keepsNoSeatForACallThatCouldNotBeMade() {
        CallGateway gateway = gateway(inFlight(1));
        broken.set(true);
        assertThat(catchThrowable(() -> admit(gateway, "cart"))).hasMessage("no clock");

        broken.set(false);

        assertThat(call(gateway, "cart").ruling()).isEqualTo(Ruling.Passes.PASSES);
    }

    @Test
    void opensACircuitByWhatCallsFindOutAndRefusesBeforeTheyAreDecidedOn() {
        CallGateway gateway = gateway(rate(100));
        for (int i = 0; i < CircuitRule.USUAL.of(); i++) {
            Call call = call(gateway, "cart");
            call.ruling();
            assertThat(call.ready()).isEqualTo(Readiness.Ready.READY);
            call.upstream();
            assertThat(call.otherUpstream()).isNull();
            call.upstreamFailed();
            call.finish(Ending.ANSWERED_BY_GATEWAY);
        }

        Call next = call(gateway, "cart");

        assertThat(next.ruling())
                .isInstanceOfSatisfying(
                        Ruling.Stops.class,
                        stops -> assertThat(stops.refusal().code()).isEqualTo("circuit_open"));
        next.finish(Ending.ANSWERED_BY_GATEWAY);
    }
}
