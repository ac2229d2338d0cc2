// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.exchange.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldRulesTest {
    private static final Arrival ARRIVAL = new Arrival("edge", "10.1.2.3", false);
    private static final String TRACEPARENT = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final FieldRules rules = new FieldRules(Set.of("my_field", "x_user"), new Random(1));

    private RequestPlan plan(RequestHead head) {
        return rules.plan(head, ARRIVAL, "asked.test:8080", Set.of());
    }

    private RequestPlan plan(String... lines) {
        return plan(Heads.request("GET", "/", lines));
    }

    /** Names kept of a request, in order. */
    private List<String> kept(String... lines) {
        RequestHead head = Heads.request("GET", "/", lines);
        return switch (plan(head)) {
            case RequestPlan.Forward forward -> names(head.fields(), forward.kept());
            case RequestPlan.Answer(var refusal) -> List.of(refusal.status() + " " + refusal.code());
        };
    }

    private static List<String> names(Fields fields, KeptFields kept) {
        return IntStream.range(0, fields.count())
                .filter(kept::keeps)
                .mapToObj(fields::name)
                .toList();
    }

    private static List<String> added(RequestPlan plan) {
        var lines = new ArrayList<String>();
        ((RequestPlan.Forward) plan).added("up.test", (name, value) -> lines.add(name + ": " + value));
        return lines;
    }

    @Test
    void keepsWhatIsForAllRecipients() {
        List<String> kept = kept(
                "Host: a.test",
                "User-Agent: x",
                "accept: */*",
                "Cookie: a=b",
                "Authorization: Bearer t",
                "X-Custom: 1",
                "X-User-Agent: grpc-web",
                "X-Request-Id: 7",
                "Via: 1.0 fred",
                TRACEPARENT,
                "tracestate: a=b",
                "Content-Type: text/plain",
                "Expect: 100-continue",
                "my_field: 1",
                "Remote: x");

        assertThat(kept)
                .containsExactly(
                        "User-Agent",
                        "accept",
                        "Cookie",
                        "Authorization",
                        "X-Custom",
                        "X-User-Agent",
                        "X-Request-Id",
                        "Via",
                        "traceparent",
                        "tracestate",
                        "Content-Type",
                        "Expect",
                        "my_field",
                        "Remote");
    }

    @Test
    void removesWhatBelongsToTheConnection() {
        List<String> kept = kept(
                "Connection: keep-alive, TE, X-Hop",
                "Connection: Upgrade, HTTP2-Settings,, close",
                "Keep-Alive: 5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authorization: Basic eA==",
                "Proxy-Authenticate: Basic",
                "TE: trailers",
                "Trailer: X-Sum",
                "Transfer-Encoding: chunked",
                "Content-Length: 3",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABk",
                "x-hop: 1",
                "X-HOP: 2",
                "X-Hop-Not: 3");

        assertThat(kept).containsExactly("X-Hop-Not");
    }

    static Stream<String> reservedNames() {
        return Stream.of(
                "X-User",
                "Remote-User",
                "X-Remote-User",
                "X-Remote-Group",
                "X-Forwarded-User",
                "X-Forwarded-Email",
                "X-Forwarded-Groups",
                "X-Forwarded-Preferred-Username",
                "X-Forwarded-Access-Token",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-Forwarded-Port",
                "X-Forwarded-Uri",
                "X-Forwarded-Prefix",
                "X-Forwarded-Client-Cert",
                "Forwarded",
                "X-Real-IP",
                "True-Client-IP",
                "X-Auth-Request-User",
                "X-Auth-Request-Groups",
                "X-HELIDON-CN",
                "X-SSL-Client-Cert",
                "X-SSL-Client-S-DN",
                "SSL-Client-Verify",
                "X-Client-Cert",
                "X-Client-Cert-DN",
                "Client-Cert",
                "Client-Cert-Chain",
                "X-WebAuth-User",
                "X-Goog-Authenticated-User-Email",
                "X-Goog-IAP-JWT-Assertion",
                "X-Amzn-Oidc-Data",
                "X-MS-Client-Principal",
                "Cf-Access-Jwt-Assertion",
                "X-Pomerium-Jwt-Assertion",
                "X-Consumer-Username",
                "Tailscale-User-Login",
                "X-HTTP-Method-Override",
                "X-HTTP-Method",
                "X-Method-Override",
                "X-Original-URL",
                "X-Rewrite-URL",
                "Proxy",
                "Hansard-Session",
                "Hansard-Caller",
                "X-Hansard-Identity",
                "X-Spiffe-Id");
    }

    @ParameterizedTest
    @MethodSource("reservedNames")
    void removesReservedNames(String name) {
        assertThat(kept(name + ": x")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reservedNames")
    void refusesToHaveReservedNamesNominated(String name) {
        assertThat(kept("Connection: close, " + name)).containsExactly("400 connection_nominates_reserved");
    }

    @Provide
    Arbitrary<String> spellingsOfReservedNames() {
        Arbitrary<String> names = Arbitraries.of(reservedNames().toList());
        return names.flatMap(name -> Arbitraries.integers()
                .list()
                .ofSize(name.length())
                .map(choices -> {
                    var spelling = new StringBuilder();
                    for (int i = 0; i < name.length(); i++) {
                        char c = name.charAt(i);
                        String lower = String.valueOf(c).toLowerCase(Locale.ROOT);
                        boolean odd = (choices.get(i) & 1) == 1;
                        spelling.append(c == '-' ? (odd ? "." : "-") : odd ? lower.toUpperCase(Locale.ROOT) : lower);
                    }
                    return spelling.toString();
                }));
    }

    @Property(tries = 500)
    void removesReservedNamesInAnySpelling(@ForAll("spellingsOfReservedNames") String name) {
        assertThat(kept(name + ": x")).isEmpty();
        String underscored = name.replaceAll("[-.]", "_");
        List<String> refused = List.of("400 field_name_underscore");
        boolean allowed = !underscored.contains("_") || underscored.equalsIgnoreCase("x_user");
        assertThat(kept(underscored + ": x")).isEqualTo(allowed ? List.of() : refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host", "content-length", "Transfer-Encoding", "Cookie", "Authorization", "Cache-Control", "Via",
                "traceparent", "TraceState", "Content-Type", "Content_Type", "If-Match", "Max-Forwards", "Expect",
                "Set-Cookie", "Idempotency-Key", "x_user", "X.User"
            })
    void refusesToHaveEndToEndFieldsNominated(String name) {
        assertThat(kept("Cookie: a=b", "Connection: " + name)).containsExactly("400 connection_nominates_reserved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;b", "\"close\"", "close, @", "é"})
    void refusesAConnectionFieldThatIsNoList(String value) {
        assertThat(kept("Connection: " + value)).containsExactly("400 connection_invalid");
    }

    @Test
    void refusesTooManyConnectionOptions() {
        assertThat(kept("Connection: " + "x,".repeat(ConnectionOptions.MAX + 1)))
                .containsExactly("400 connection_invalid");
        assertThat(kept("Connection: " + "x,".repeat(ConnectionOptions.MAX))).isEmpty();
    }

    @Test
    void refusesUnderscoresThatAreNotAllowed() {
        assertThat(kept("content_type: x")).containsExactly("400 field_name_underscore");
        assertThat(kept("_: x")).containsExactly("400 field_name_underscore");
        assertThat(kept("My_Field: x")).containsExactly("My_Field");
    }

    @Test
    void removesAReservedNameWhoseUnderscoreIsAllowed() {
        assertThat(kept("X_User: root")).isEmpty();
    }

    @Test
    void refusesWebSocketsAndDropsOtherUpgrades() {
        assertThat(kept("Connection: Upgrade", "Upgrade: websocket")).containsExactly("501 upgrade_not_allowed");
        assertThat(kept("Upgrade: h2c, WebSocket/13")).containsExactly("501 upgrade_not_allowed");
        assertThat(kept("Connection: Upgrade", "Upgrade: TLS/1.2, websockets")).isEmpty();
    }

    @Test
    void tellsTheUpstreamWhereTheCallCameFrom() {
        List<String> added = added(plan("X-Forwarded-For: 6.6.6.6", TRACEPARENT));

        assertThat(added)
                .containsExactly(
                        "Host: up.test",
                        "X-Forwarded-For: 10.1.2.3",
                        "X-Forwarded-Host: asked.test:8080",
                        "X-Forwarded-Proto: http",
                        "Via: 1.1 hansard");
    }

    @Test
    void asksForTrailersWhenTheCallerDoes() {
        assertThat(added(plan("TE: gzip;q=0.5, Trailers"))).contains("Connection: TE", "TE: trailers");
        assertThat(added(plan("TE: gzip, trailersx"))).noneMatch(line -> line.startsWith("TE"));
    }

    @Test
    void makesATraceWhenThereIsNoValidOne() {
        RequestHead head =
                Heads.request("GET", "/", "traceparent: 00-0000-0000-01", "tracestate: a=b", "tracestate: c=d");

        var plan = (RequestPlan.Forward) plan(head);

        assertThat(names(head.fields(), plan.kept())).isEmpty();
        assertThat(plan.trace().received()).isFalse();
        assertThat(added(plan)).contains("traceparent: " + plan.trace().traceparent());
    }

    @Test
    void beginsANewTraceWhereTheListenerTrustsNone() {
        RequestHead head = Heads.request("GET", "/", TRACEPARENT, "tracestate: a=b");
        var untrusting = new Arrival("edge", "10.1.2.3", false, true, List.of());

        var plan = (RequestPlan.Forward) rules.plan(head, untrusting, "asked.test:8080", Set.of());

        assertThat(names(head.fields(), plan.kept())).isEmpty();
        assertThat(plan.trace().traceId()).isNotEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(added(plan)).contains("traceparent: " + plan.trace().traceparent());
    }

    @Test
    void trustsNoTraceThatIsGivenTwice() {
        assertThat(kept(TRACEPARENT, TRACEPARENT, "tracestate: a=b")).isEmpty();
    }

    @Test
    void dropsATraceStateWithoutParent() {
        assertThat(kept("tracestate: a=b")).isEmpty();
    }

    @Test
    void countsMaxForwardsDownForOptions() {
        RequestHead head = Heads.request("OPTIONS", "*", "Max-Forwards: 3");

        var plan = (RequestPlan.Forward) plan(head);

        assertThat(names(head.fields(), plan.kept())).isEmpty();
        assertThat(added(plan)).contains("Max-Forwards: 2");
        assertThat(kept("Max-Forwards: 3")).containsExactly("Max-Forwards");
    }

    @Test
    void answersOptionsItselfWhenItMayGoNoFurther() {
        var answer = (RequestPlan.Answer) plan(Heads.request("OPTIONS", "/", "Max-Forwards: 0"));

        assertThat(answer.refusal().status()).isEqualTo(200);
        assertThat(answer.refusal().code()).isEqualTo("max_forwards_reached");
        assertThat(answer.refusal().fields()).extracting("name").containsExactly("Allow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "", "1 2", "0x1"})
    void refusesMaxForwardsThatAreNoNumber(String value) {
        var answer = (RequestPlan.Answer) plan(Heads.request("OPTIONS", "/", "Max-Forwards: " + value));

        assertThat(answer.refusal().code()).isEqualTo("max_forwards_invalid");
    }

    @Test
    void breaksALoop() {
        String often = "Via: " + "1.1 hansard, ".repeat(FieldRules.MAX_OWN_HOPS) + "1.0 fred (hansard)";

        assertThat(kept(often)).containsExactly("Via");
        assertThat(kept(often, "via: 1.1\t Hansard (x)")).containsExactly("508 loop_detected");
    }

    @Test
    void keepsFieldsPastTheFirstWord() {
        String[] lines = IntStream.range(0, 200)
                .mapToObj(i -> (i % 3 == 0 ? "X-Real-IP: " : "X-Field: ") + i)
                .toArray(String[]::new);

        RequestHead head = Heads.request("GET", "/", lines);
        KeptFields kept = ((RequestPlan.Forward) plan(head)).kept();

        assertThat(IntStream.range(0, 200).filter(i -> !kept.keeps(i)).boxed())
                .isEqualTo(
                        IntStream.range(0, 200).filter(i -> i % 3 == 0).boxed().toList());
    }

    @Test
    void removesFromAResponseWhatIsNotForTheCaller() {
        ResponseHead head = Heads.response(
                200,
                "Date: x",
                "Connection: X-Hop, Set-Cookie",
                "x-hop: 1",
                "Set-Cookie: a=b",
                "Keep-Alive: 5",
                "Content-Length: 3",
                "Transfer-Encoding: chunked",
                "Upgrade: h2c",
                "Hansard-Session: forged",
                "Alt-Svc: h3=\":443\"",
                "Via: 1.1 back",
                "Trailer: X-Sum",
                "X-Forwarded-For: kept",
                "a_b: 1",
                "WWW-Authenticate: Bearer");

        assertThat(names(head.fields(), rules.keptOfResponse(head, false)))
                .containsExactly("Date", "Via", "X-Forwarded-For", "a_b", "WWW-Authenticate");
        assertThat(names(head.fields(), rules.keptOfResponse(head, true))).contains("Trailer");
    }
}
