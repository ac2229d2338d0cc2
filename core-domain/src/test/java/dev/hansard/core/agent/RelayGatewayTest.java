// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.credential.CredentialBook;
import dev.hansard.core.credential.guard.ResponseGuards;
import dev.hansard.core.exchange.FieldRules;
import dev.hansard.core.exchange.ListedFields;
import dev.hansard.core.id.SessionIds;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.Readiness;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.exchange.ResponseHead;
import dev.hansard.ports.exchange.Ruling;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RelayGatewayTest {
    private static final Arrival ARRIVAL = new Arrival("agent", "gateway", true);
    private static final UpstreamAddress TARGET = new UpstreamAddress(false, "10.0.0.7", 9002);
    private static final Service LEDGER = new Service(
            new ServiceName("ledger"),
            List.of(TARGET),
            UpstreamTls.DEFAULT,
            UpstreamTimeouts.DEFAULT,
            List.of(Match.ANY),
            RecordPolicy.DEFAULT,
            RetentionClass.DEFAULT,
            Map.of());

    private final AtomicInteger changes = new AtomicInteger();
    private final InstantSource noon = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
    private final RelayGateway relay = new RelayGateway(
            new AgentName("dc2"),
            List.of(LEDGER),
            CredentialBook.NONE,
            new RelayParts(
                    new FieldRules(Set.of(), new Random(1)),
                    new ResponseGuards((_, _) -> null),
                    new SessionIds(noon, new Random(1)),
                    noon,
                    changes::incrementAndGet));

    private record Head(String method, String target, Fields fields) implements RequestHead {}

    private record Response(int status, String reason, Fields fields) implements ResponseHead {}

    private static Head head(String target, String... namesAndValues) {
        return new Head("GET", target, fields(namesAndValues));
    }

    private static Fields fields(String... namesAndValues) {
        var lines = new ArrayList<Field>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            lines.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new ListedFields(lines);
    }

    private Call admitted(Head head) {
        return ((Admission.Admitted) relay.admit(head, ARRIVAL)).call();
    }

    private static List<String> sent(Fields received, HeadPlan plan) {
        var sent = new ArrayList<String>();
        for (int i = 0; i < received.count(); i++) {
            if (plan.keeps(i)) {
                sent.add(received.name(i) + ": " + received.value(i));
            }
        }
        plan.added((name, value) -> sent.add(name + ": " + value));
        return sent;
    }

    @Test
    void sendsACallToTheTargetThatItHasForTheService() {
        Head head = head(
                "/a?b=c",
                "Accept",
                "*/*",
                "Host",
                "ledger.dc2.agent",
                "Connection",
                "TE",
                "TE",
                "trailers",
                "X-Forwarded-For",
                "192.0.2.1",
                "Hansard-Identity",
                "who calls",
                "Hansard-Service",
                "ledger");

        Call call = admitted(head);

        assertThat(call.ruling()).isEqualTo(Ruling.Passes.PASSES);
        assertThat(call.ready()).isEqualTo(Readiness.Ready.READY);
        assertThat(call.upstream()).isEqualTo(TARGET);
        assertThat(call.upstreamTarget()).isEqualTo("/a?b=c");
        assertThat(sent(head.fields(), call.requestPlan()))
                .containsExactly(
                        "Accept: */*",
                        "X-Forwarded-For: 192.0.2.1",
                        "Hansard-Identity: who calls",
                        "Host: 10.0.0.7:9002",
                        "Connection: TE",
                        "TE: trailers");
    }

    @Test
    void letsNoTargetSpeakAsTheAgent() {
        Call call = admitted(head("/", "Host", "ledger.dc2.agent", "Hansard-Service", "ledger"));
        var response = new Response(
                200,
                "OK",
                fields(
                        "Hansard-Refusal",
                        "a b",
                        "Hansard-Leaving",
                        "1",
                        "Hansard-Session",
                        "x",
                        "Keep-Alive",
                        "5",
                        "X-Own",
                        "1"));

        assertThat(sent(response.fields(), call.respond(response))).containsExactly("X-Own: 1");
        assertThat(sent(response.fields(), call.interim(response))).containsExactly("X-Own: 1");
    }

    @Test
    void countsCallsFromTheirHeadToTheirEnd() {
        Call call = admitted(head("/", "Host", "ledger.dc2.agent", "Hansard-Service", "ledger"));
        int during = relay.inFlight();

        call.finish(Ending.COMPLETE);

        assertThat(during).isEqualTo(1);
        assertThat(relay.inFlight()).isZero();
        assertThat(changes).hasValue(2);
    }

    @Test
    void answersAHeartbeatItself() {
        Admission answer = relay.admit(head("*", "Host", "dc2.agent"), ARRIVAL);

        assertThat(answer).isInstanceOf(Admission.Told.class);
        assertThat(relay.inFlight()).isZero();
    }

    @Test
    void passesOnTheSameQuestionOfACaller() {
        Call call = admitted(head("*", "Host", "ledger.dc2.agent", "Hansard-Service", "ledger"));

        assertThat(call.upstreamTarget()).isEqualTo("*");
    }

    @Test
    void knowsTheTargetByTheAddressThatTheGatewayHasForIt() {
        assertThat(relay.admit(head("/", "Host", "10.0.0.7:9002", "Hansard-Service", "ledger"), ARRIVAL))
                .isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void goesNowhereElse() {
        assertThat(List.of(
                        code(head("/", "Host", "ledger.dc2.agent")),
                        code(head("/", "Host", "ledger.dc2.agent", "Hansard-Service", "other")),
                        code(head("/", "Host", "ledger.dc3.agent", "Hansard-Service", "ledger")),
                        code(head("/", "Host", "169.254.169.254", "Hansard-Service", "ledger")),
                        code(head("http://10.0.0.8/", "Host", "10.0.0.7:9002", "Hansard-Service", "ledger"))))
                .containsExactly(
                        "agent_service_unknown",
                        "agent_service_unknown",
                        "agent_target_mismatch",
                        "agent_target_mismatch",
                        "agent_request_invalid");
        assertThat(relay.counts().refused()).containsEntry("agent_target_mismatch", 2L);
    }

    private String code(Head head) {
        return ((Admission.Refused) relay.admit(head, ARRIVAL)).refusal().code();
    }
}
