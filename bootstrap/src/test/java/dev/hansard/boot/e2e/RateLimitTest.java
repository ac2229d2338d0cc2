// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much callers may have of a service, through the whole proxy. */
@Timeout(120)
class RateLimitTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir
    Path folder;

    private RunningNode node(int upstreamPort, String limits) throws IOException {
        return RunningNode.configured(folder, """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                services:
                  test: { upstream: "http://127.0.0.1:%d", match: [{ path-prefix: / }], limits: %s }
                storage: { data-dir: "%s" }
                """.formatted(upstreamPort, limits, folder.resolve("data")));
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static JsonNode counters(RunningNode node) throws IOException {
        return new ObjectMapper().readTree(node.admin("/api/v1/counters").body());
    }

    @Test
    void refusesWhatComesTooFastAndGoesOnWithTheConnection() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "{ rate: 2/h }");
                var caller = node.caller()) {
            caller.send(get("/1") + get("/2") + get("/3") + get("/4"));

            assertThat(caller.readResponse()).startsWith("HTTP/1.1 200 ");
            assertThat(caller.readResponse()).startsWith("HTTP/1.1 200 ");
            String refused = caller.readResponse();
            assertThat(refused)
                    .startsWith("HTTP/1.1 429 Too Many Requests\r\n")
                    .containsPattern("\r\nRetry-After: 1[78][0-9]{2}\r\n")
                    .contains("\"code\":\"rate_limited\"", "takes 2/h of one caller", "Hansard-Session: ses_")
                    .doesNotContain("Connection: close");
            assertThat(caller.readResponse()).startsWith("HTTP/1.1 429 ");
            assertThat(upstream.requests()).hasSize(2);
            JsonNode session = node.session("/3");
            assertThat(session.get("state").asText()).isEqualTo("refused");
            assertThat(session.get("code").asText()).isEqualTo("rate_limited");
            assertThat(session.at("/response/status").asInt()).isEqualTo(429);
            assertThat(session.has("decision")).isFalse();
        }
    }

    @Test
    void keepsCallersApart() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "{ rate: 1/h }");
                var greedy = node.caller();
                var other = RawClient.from("127.0.0.2", node.port())) {
            assertThat(greedy.send(get("/")).readResponse()).startsWith("HTTP/1.1 200 ");
            assertThat(greedy.send(get("/")).readResponse()).startsWith("HTTP/1.1 429 ");

            assertThat(other.send(get("/")).readResponse()).startsWith("HTTP/1.1 200 ");
            assertThat(other.send(get("/")).readResponse()).startsWith("HTTP/1.1 429 ");
        }
    }

    @Test
    void readsNoContentOfWhatItRefuses() throws IOException {
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "{ rate: 1/h }");
                var caller = node.caller()) {
            caller.send(get("/")).readResponse();

            String answer = caller.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
                    .readResponse();

            assertThat(answer).startsWith("HTTP/1.1 429 ").contains("\r\nConnection: close\r\n");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void countsAFloodThatItDoesNotRecord() throws IOException {
        int flood = 400;
        try (var upstream = ScriptedUpstream.answering(OK);
                var node = node(upstream.port(), "{ rate: 1/h }");
                var caller = node.caller()) {
            caller.send(get("/first")).readResponse();
            String last = "";
            for (int i = 0; i < flood; i++) {
                last = caller.send(get("/flood")).readResponse();
            }

            assertThat(last).startsWith("HTTP/1.1 429 ").contains("rate_limited");
            JsonNode counters = counters(node);
            assertThat(counters.at("/refused/rate_limited").asInt()).isEqualTo(flood);
            assertThat(counters.get("received").asInt()).isEqualTo(flood + 1);
            assertThat(counters.get("inFlight").asInt()).isZero();
            JsonNode figures = counters.get("figures");
            assertThat(figures.get("hansard_limit_refused_total{service=\"test\",reason=\"rate\"}")
                            .asInt())
                    .isEqualTo(flood);
            int unrecorded = figures.get("hansard_limit_refused_unrecorded_total{service=\"test\"}")
                    .asInt();
            assertThat(unrecorded).isPositive();
            await().untilAsserted(() -> assertThat(new ObjectMapper()
                            .readTree(node.list("path:/flood").body())
                            .get("items"))
                    .hasSize(flood - unrecorded));
        }
    }

    @Test
    void holdsCallsInFlightToTheirNumber() throws IOException {
        var goOn = new Semaphore(0);
        try (var upstream = ScriptedUpstream.with((_, out, _) -> {
                    goOn.acquireUninterruptibly();
                    ScriptedUpstream.write(out, OK);
                    return true;
                });
                var node = node(upstream.port(), "{ in-flight: 2, per-caller-in-flight: 1 }");
                var first = node.caller();
                var second = node.caller();
                var third = RawClient.from("127.0.0.2", node.port());
                var fourth = RawClient.from("127.0.0.3", node.port())) {
            first.send(get("/1"));
            await().until(() -> upstream.begun() == 1);
            String callers = second.send(get("/2")).readResponse();
            third.send(get("/3"));
            await().until(() -> upstream.begun() == 2);
            String all = fourth.send(get("/4")).readResponse();
            goOn.release(3);

            assertThat(callers).startsWith("HTTP/1.1 429 ").contains("in_flight_limited", "\r\nRetry-After: 1\r\n");
            assertThat(all).startsWith("HTTP/1.1 503 ").contains("service_busy", "\r\nRetry-After: 1\r\n");
            assertThat(first.readResponse()).startsWith("HTTP/1.1 200 ");
            assertThat(third.readResponse()).startsWith("HTTP/1.1 200 ");
            // The seat is free once the record is made, which may be a moment behind the response.
            await().until(() -> second.send(get("/2")).readResponse(), answer -> answer.startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void givesBackTheSeatOfACallWhoseCallerLeaves() throws IOException {
        try (var upstream = ScriptedUpstream.onHead(
                        (_, _, socket) -> socket.getInputStream().read() >= 0);
                var node = node(upstream.port(), "{ in-flight: 1 }");
                var next = node.caller()) {
            try (var first = node.caller()) {
                first.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
                await().until(() -> upstream.begun() == 1);
                assertThat(next.send(get("/")).readResponse()).contains("service_busy");
            }

            await().until(() -> counters(node)
                            .at("/figures")
                            .get("hansard_limit_in_flight{service=\"test\"}")
                            .asInt()
                    == 0);
        }
    }
}
