// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hansard.core.id.SessionIds;
import dev.hansard.core.identity.Admittance;
import dev.hansard.core.identity.AllowedCallers;
import dev.hansard.core.identity.IdentityChain;
import dev.hansard.core.masking.Maskings;
import dev.hansard.core.session.Recorder;
import dev.hansard.core.session.RecorderSettings;
import dev.hansard.core.session.TapePool;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.CallCounts;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.OverloadAction;
import dev.hansard.ports.exchange.OwnAnswer;
import dev.hansard.ports.exchange.OwnDesk;
import dev.hansard.ports.exchange.Readiness;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.exchange.Ruling;
import dev.hansard.ports.exchange.Sealing;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.session.InMemorySpool;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.value.NodeName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallGatewayTest {
    private static final Arrival ARRIVAL = new Arrival("default", "192.0.2.7", false);
    private static final RequestHead ORDER =
            Heads.request("POST", "/strict/v1/./orders?id=7", "Host: shop.test", "X-b: 1", "x-A: 2", "Connection: x-a");
    private static final Refusal UNREACHABLE = new Refusal(502, "upstream_unreachable", "No connection.");

    private final InMemorySpool spool = new InMemorySpool();
    private final TapePool tapes = new TapePool(1 << 20);
    private final Recorder recorder = new Recorder(
            spool, Maskings.alwaysOn(), tapes, new RecorderSettings(Duration.ofMillis(200), 100_000, 10, 1 << 20));
    private final AtomicLong nanos = new AtomicLong();
    private final CallGateway gateway = gateway(recorder);

    private CallGateway gateway(@Nullable Recorder over) {
        InstantSource noon = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
        var random = new Random(1);
        return new CallGateway(
                List.of(service("strict", Durability.STRICT, 1_000), service("relaxed", Durability.RELAXED, 4)),
                CallRules.of(new FieldRules(Set.of(), random)),
                new Admittance(Map.of("default", new IdentityChain(List.of())), AllowedCallers.ALL),
                ToldTargets.of("strict"),
                over,
                new CallStamps(new NodeName("node-1"), new SessionIds(noon, random), new CallClock(noon, nanos::get)));
    }

    private static Service service(String name, Durability durability, int bodyBytes) {
        Service plain = Services.reachedBy(name, new Match(null, null, "/" + name, true));
        return new Service(
                plain.name(),
                plain.upstreams(),
                plain.tls(),
                plain.timeouts(),
                plain.matches(),
                new RecordPolicy(bodyBytes, durability, OverloadAction.REJECT),
                plain.retention(),
                plain.labels());
    }

    /** Whatever happened to the calls, all of them are accounted for and none holds a buffer. */
    @AfterEach
    void accountsForEveryCall() {
        spool.heal();
        recorder.close();

        CallCounts counts = gateway.counts();
        long refused =
                counts.refused().values().stream().mapToLong(Long::longValue).sum();
        assertThat(counts.recorded() + counts.partial() + counts.unrecorded() + refused)
                .isEqualTo(counts.received());
        assertThat(counts.inFlight()).isZero();
        assertThat(tapes.usedBytes()).isZero();
    }

    private Call admitted(RequestHead head) {
        return switch (gateway.admit(head, ARRIVAL)) {
            case Admission.Admitted(Call call) -> passing(call);
            case Admission.Answered(OwnAnswer answer) -> throw new AssertionError(answer);
            case Admission.Asked(OwnDesk desk) -> throw new AssertionError(desk);
            case Admission.Told told -> throw new AssertionError(told);
            case Admission.Collected collected -> throw new AssertionError(collected);
            case Admission.Refused(Refusal refusal, var _) -> throw new AssertionError(refusal);
        };
    }

    private static Call passing(Call call) {
        assertThat(call.ruling()).isEqualTo(Ruling.Passes.PASSES);
        return call;
    }

    private Refusal refused(RequestHead head) {
        return switch (gateway.admit(head, ARRIVAL)) {
            case Admission.Admitted(Call call) -> throw new AssertionError(call.id());
            case Admission.Answered(OwnAnswer answer) -> throw new AssertionError(answer);
            case Admission.Asked(OwnDesk desk) -> throw new AssertionError(desk);
            case Admission.Told told -> throw new AssertionError(told);
            case Admission.Collected collected -> throw new AssertionError(collected);
            case Admission.Refused(Refusal refusal, var _) -> refusal;
        };
    }

    private static Call sent(Call call) {
        assertThat(call.ready()).isEqualTo(Readiness.Ready.READY);
        assertThat(call.upstream().host()).isEqualTo("up0.test");
        call.sending();
        return call;
    }

    private static Call answered(Call call, String requestBody, String responseBody) {
        sent(call);
        call.requestBody(bytes(requestBody), 0, requestBody.length());
        call.requestEnd(Heads.request("GET", "/").fields());
        call.respond(Heads.response(200, "Content-Type: text/plain", "Set-Cookie: canary"));
        call.responseBody(bytes(responseBody), 0, responseBody.length());
        call.responseEnd(Heads.request("GET", "/").fields());
        return call;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static RequestHead get(String target) {
        return Heads.request("GET", target, "Host: shop.test");
    }

    @Test
    void recordsWhatItWasGiven() {
        Call call = admitted(ORDER);
        nanos.addAndGet(1_000_000);
        answered(call, "ask", "answer");
        nanos.addAndGet(2_000_000);

        Sealing sealing = call.finish(Ending.COMPLETE);

        assertThat(sealing).isEqualTo(Sealing.SEALED);
        InMemorySpool.Recorded recorded = spool.completions().getFirst();
        assertThat(recorded.requestBody()).isEqualTo("ask");
        assertThat(recorded.responseBody()).isEqualTo("answer");
        Session session = recorded.session();
        assertThat(session.id()).isEqualTo(call.id());
        assertThat(session.service().value()).isEqualTo("strict");
        assertThat(session.state()).isEqualTo(SessionState.COMPLETE);
        assertThat(session.durationMicros()).isEqualTo(3_000);
        assertThat(session.status()).isEqualTo(200);
        assertThat(session.callerAddress()).isEqualTo("192.0.2.7");
        assertThat(session.request().headers())
                .isEqualTo(Heads.fields("Host: shop.test", "X-b: 1", "x-A: 2", "Connection: x-a"));
        assertThat(session.request().bodyBytes()).isEqualTo(3);
        assertThat(session.response().headers().toString())
                .contains("text/plain")
                .doesNotContain("canary");
        assertThat(gateway.counts().recorded()).isEqualTo(1);
        assertThat(gateway.counts().forwarded()).isEqualTo(1);
    }

    @Test
    void forwardsOneReadingOfTheTargetAndRecordsTheSame() {
        Call call = admitted(ORDER);
        answered(call, "", "");
        call.finish(Ending.COMPLETE);

        Session session = spool.completions().getFirst().session();
        assertThat(call.upstreamTarget()).isEqualTo("/v1/orders?id=7").isEqualTo(session.target());
        assertThat(session.receivedTarget()).isEqualTo("/strict/v1/./orders?id=7");
        assertThat(spool.intents().getFirst().session().target()).isEqualTo(session.target());
    }

    @Test
    void plansHeadsWithoutWhatBelongsToTheConnection() {
        Call call = sent(admitted(ORDER));
        var added = new StringBuilder();

        call.requestPlan()
                .added((name, value) ->
                        added.append(name).append('=').append(value).append(';'));

        assertThat(call.requestPlan().keeps(0)).as("Host is written anew").isFalse();
        assertThat(call.requestPlan().keeps(1)).as("X-b").isTrue();
        assertThat(call.requestPlan().keeps(2)).as("x-A is named by Connection").isFalse();
        assertThat(call.requestPlan().keeps(3)).as("Connection").isFalse();
        assertThat(added).contains("Host=up0.test;");
        call.finish(Ending.CALLER_ABORTED);
    }

    @Test
    void makesTheIntentOfAStrictCallDurableBeforeItMayBeSent() {
        Call call = admitted(ORDER);
        assertThat(spool.intents()).isEmpty();

        Readiness readiness = call.ready();

        assertThat(readiness).isEqualTo(Readiness.Ready.READY);
        assertThat(spool.intents().getFirst().session().id()).isEqualTo(call.id());
        call.finish(Ending.CALLER_ABORTED);
    }

    @Test
    void refusesAStrictCallWhoseIntentCannotBePromised() {
        Call call = admitted(ORDER);
        spool.hang();

        Readiness readiness = call.ready();

        assertThat(readiness).isInstanceOfSatisfying(Readiness.Unready.class, unready -> {
            assertThat(unready.refusal().status()).isEqualTo(503);
            call.fail(unready.refusal());
        });
        assertThat(call.finish(Ending.ANSWERED_BY_GATEWAY)).isEqualTo(Sealing.SEALED);
        assertThat(gateway.counts().refused()).containsOnlyKeys("recorder_unavailable");
        assertThat(gateway.counts().forwarded()).isZero();
    }

    @Test
    void leavesAStrictCallUnsealedWhoseRecordIsMissing() {
        Call call = answered(admitted(ORDER), "ask", "answer");
        spool.fail("disk full");

        Sealing sealing = call.finish(Ending.COMPLETE);

        assertThat(sealing).isEqualTo(Sealing.UNSEALED);
        assertThat(gateway.counts().unrecorded()).isEqualTo(1);
        assertThat(gateway.counts().recorded()).isZero();
    }

    @Test
    void sealsARelaxedCallWithoutWaitingForItsRecord() {
        Call call = answered(admitted(get("/relaxed/a")), "", "fine");
        spool.hang();

        Sealing sealing = call.finish(Ending.COMPLETE);

        assertThat(sealing).isEqualTo(Sealing.SEALED);
        spool.heal();
        await().untilAsserted(() -> assertThat(spool.completions()).hasSize(1));
        assertThat(spool.intents()).isEmpty();
    }

    @Test
    void countsATruncatedRecordAsPartialAndTellsItsTrueLength() {
        Call call = answered(admitted(get("/relaxed/a")), "", "lon\ner than four");

        call.finish(Ending.COMPLETE);

        assertThat(gateway.counts().partial()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(spool.completions()).hasSize(1));
        InMemorySpool.Recorded recorded = spool.completions().getFirst();
        // A value could be cut in two, so whole lines are kept.
        assertThat(recorded.responseBody()).isEqualTo("lon\n");
        assertThat(recorded.session().response().bodyBytes()).isEqualTo(16);
        assertThat(recorded.session().response().truncated()).isTrue();
    }

    @Test
    void countsACallThatBrokeOffAsPartial() {
        Call call = sent(admitted(ORDER));
        call.respond(Heads.response(200));

        call.finish(Ending.UPSTREAM_ABORTED);

        assertThat(gateway.counts().partial()).isEqualTo(1);
        assertThat(spool.completions().getFirst().session().state()).isEqualTo(SessionState.INCOMPLETE);
    }

    @Test
    void recordsItsOwnAnswerAsARefusal() {
        Call call = sent(admitted(ORDER));
        call.fail(UNREACHABLE);

        Sealing sealing = call.finish(Ending.ANSWERED_BY_GATEWAY);

        assertThat(sealing).isEqualTo(Sealing.SEALED);
        assertThat(gateway.counts().refused()).containsEntry("upstream_unreachable", 1L);
        Session session = spool.completions().getFirst().session();
        assertThat(session.state()).isEqualTo(SessionState.REFUSED);
        assertThat(session.code()).isEqualTo("upstream_unreachable");
        assertThat(session.status()).isEqualTo(502);
    }

    @Test
    void refusesWhatNoServiceIsThereFor() {
        assertThat(refused(get("/other")).code()).isEqualTo("no_service");
        assertThat(refused(get("http://elsewhere.test/other")).code()).isEqualTo("misdirected_request");

        assertThat(gateway.counts().refused()).containsEntry("no_service", 1L).containsEntry("misdirected_request", 1L);
        assertThat(spool.completions()).isEmpty();
    }

    @Test
    void refusesATargetThatCanBeReadInTwoWays() {
        Refusal refusal = refused(get("/strict/%2e%2e/relaxed"));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(gateway.counts().refused()).containsOnlyKeys(refusal.code());
    }

    @Test
    void countsWhatTheWireRefused() {
        gateway.refusedOnTheWire("request_head_timeout");

        assertThat(gateway.counts().received()).isEqualTo(1);
        assertThat(gateway.counts().refused()).containsEntry("request_head_timeout", 1L);
    }

    @Test
    void countsACallOnceAlthoughItIsSentTwice() {
        Call call = sent(admitted(ORDER));
        call.upstream();
        call.sending();

        call.finish(Ending.CALLER_ABORTED);

        assertThat(gateway.counts().forwarded()).isEqualTo(1);
        assertThat(gateway.counts().partial()).isEqualTo(1);
    }

    @Test
    void cannotFinishACallTwice() {
        Call call = answered(admitted(ORDER), "", "");
        call.finish(Ending.COMPLETE);

        assertThatThrownBy(() -> call.finish(Ending.COMPLETE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("finished twice");

        assertThat(spool.completions()).hasSize(1);
    }

    @Test
    void givesEveryCallAnIdOfItsOwn() {
        Call first = admitted(ORDER);
        Call second = admitted(ORDER);

        assertThat(first.id()).isLessThan(second.id());
        first.finish(Ending.CALLER_ABORTED);
        second.finish(Ending.CALLER_ABORTED);
    }

    @Test
    void forwardsWithoutARecorderWhenToldSo() {
        CallGateway bare = gateway(null);
        assertThat(bare.admit(ORDER, ARRIVAL)).isInstanceOfSatisfying(Admission.Admitted.class, admission -> {
            Call call = answered(passing(admission.call()), "ask", "answer");

            assertThat(call.finish(Ending.COMPLETE)).isEqualTo(Sealing.SEALED);
        });

        assertThat(bare.counts().received()).isEqualTo(1);
        assertThat(spool.completions()).isEmpty();
    }
}
