// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls of every framing, 200 in flight at once and on connections that carry several: what was recorded is what both
 * ends saw.
 */
class FidelityTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CALLERS = 200;
    private static final int ROUNDS = 3;
    private static final int CALLS = CALLERS * ROUNDS;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UpstreamTimeouts PATIENT = new UpstreamTimeouts(PATIENCE, PATIENCE, PATIENCE);
    private static final long SEED = 20_261_123;

    @TempDir
    Path folder;

    private final List<RandomExchange> exchanges = new ArrayList<>();
    private final Map<String, String> seenUpstream = new ConcurrentHashMap<>();
    private final Map<String, String> seenByCaller = new ConcurrentHashMap<>();

    /** Holds every answer until the requests of all callers have come in. */
    private final CyclicBarrier allInFlight = new CyclicBarrier(CALLERS);

    @Test
    void recordsWhatBothEndsSaw() throws Exception {
        var random = new Random(SEED);
        IntStream.range(0, CALLS).forEach(number -> exchanges.add(RandomExchange.of(number, random)));
        try (var upstream = ScriptedUpstream.with((request, out, _) -> {
                    RandomExchange one = exchanges.get(number(request));
                    seenUpstream.put(one.target(), request);
                    awaitAll();
                    out.write(one.response().getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                    return true;
                });
                var node = RunningNode.with(
                        folder,
                        ListenerSettings.DEFAULT,
                        RunningNode.service(Durability.STRICT, PATIENT, upstream.port()))) {
            callAll(node);

            assertThat(upstream.connections()).isLessThan(CALLS);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(items(node)).hasSize(CALLS));
            Map<String, String> ids = ids(node);
            for (RandomExchange one : exchanges) {
                assertBothEndsAgree(one);
                assertRecorded(one, node, Objects.requireNonNull(ids.get(one.target()), one.target()));
            }
            assertCounted(node);
        }
    }

    private void awaitAll() throws IOException {
        try {
            int _ = allInFlight.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException("only " + allInFlight.getNumberWaiting() + " calls were in flight at once", e);
        }
    }

    private static int number(String request) {
        int from = request.indexOf(" /") + 2;
        return Integer.parseInt(request, from, request.indexOf('?', from), 10);
    }

    private void callAll(RunningNode node) throws InterruptedException, ExecutionException {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int connection = 0; connection < CALLERS; connection++) {
                int first = connection;
                all.add(callers.submit(() -> {
                    callOnOneConnection(node, first);
                    return true;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private void callOnOneConnection(RunningNode node, int first) throws IOException {
        try (RawClient caller = node.caller()) {
            for (int number = first; number < CALLS; number += CALLERS) {
                RandomExchange one = exchanges.get(number);
                String head = caller.send(one.request()).readHead();
                boolean withoutContent = one.method().equals("HEAD") || one.status() == 304 || one.status() == 204;
                seenByCaller.put(one.target(), head + (withoutContent ? "" : caller.readContent(head)));
            }
        }
    }

    private void assertBothEndsAgree(RandomExchange one) {
        String upstream = seenUpstream.getOrDefault(one.target(), "");
        String body = upstream.substring(upstream.indexOf("\r\n\r\n") + 4);
        boolean chunked = one.requestFraming() == RandomExchange.Framing.CHUNKED;
        assertThat(fieldsOf(upstream)).as(one.target()).isEqualTo(ours(one.allRequestFields()));
        assertThat(chunked ? Chunks.contentOf(body) : body).isEqualTo(one.requestBody());

        String caller = seenByCaller.getOrDefault(one.target(), "");
        assertThat(caller).startsWith("HTTP/1.1 " + one.status() + " Odd reason \u00e9\r\n");
        assertThat(fieldsOf(caller)).as(one.target()).isEqualTo(ours(one.allResponseFields()));
        assertThat(caller.substring(caller.indexOf("\r\n\r\n") + 4)).isEqualTo(one.responseContent());
    }

    /** The fields that are this test's, in order, as they came in. */
    private static List<List<String>> fieldsOf(String message) {
        return message.substring(0, message.indexOf("\r\n\r\n"))
                .lines()
                .filter(line -> line.matches("(?is)x-[tr].*"))
                .map(line -> line.split(": ?", 2))
                .map(List::of)
                .toList();
    }

    private static List<List<String>> ours(List<List<String>> fields) {
        return fields.stream()
                .filter(field -> field.getFirst().matches("(?i)x-.*"))
                .toList();
    }

    private static void assertRecorded(RandomExchange one, RunningNode node, String id) throws IOException {
        JsonNode session = JSON.readTree(node.admin("/api/v1/sessions/" + id).body());
        assertThat(session.get("state").asText()).as(one.target()).isEqualTo("complete");
        assertThat(session.at("/request/method").asText()).isEqualTo(one.method());
        assertThat(session.at("/response/status").asInt()).isEqualTo(one.status());
        assertThat(headers(session.at("/request/headers"))).isEqualTo(readable(one.allRequestFields()));
        assertThat(headers(session.at("/response/headers"))).isEqualTo(readable(one.allResponseFields()));
        assertThat(body(node, id, "request")).isEqualTo(one.requestBody());
        assertThat(body(node, id, "response")).isEqualTo(one.responseContent());
    }

    private static String body(RunningNode node, String id, String side) {
        return new String(
                node.adminBytes("/api/v1/sessions/" + id + "/" + side + "/body").body(), StandardCharsets.ISO_8859_1);
    }

    private static List<List<String>> headers(JsonNode headers) {
        var all = new ArrayList<List<String>>();
        headers.forEach(
                header -> all.add(List.of(header.get(0).asText(), header.get(1).asText())));
        return all;
    }

    /** As the admin API shows bytes beyond ASCII: as UTF-8 where that is what they are. */
    private static List<List<String>> readable(List<List<String>> fields) {
        return fields.stream()
                .map(field -> List.of(field.getFirst(), readable(field.getLast())))
                .toList();
    }

    private static String readable(String value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException _) {
            return value;
        }
    }

    private static Map<String, String> ids(RunningNode node) throws IOException {
        var ids = new HashMap<String, String>();
        items(node)
                .forEach(item -> ids.put(
                        item.at("/request/target").asText(), item.get("id").asText()));
        return ids;
    }

    private static void assertCounted(RunningNode node) throws IOException {
        try (RawClient caller = node.caller()) {
            caller.send("GET /no-host HTTP/1.1\r\n\r\n").readResponse();
        }
        JsonNode counters = JSON.readTree(node.admin("/api/v1/counters").body());
        int refused = 0;
        for (JsonNode count : counters.get("refused")) {
            refused += count.asInt();
        }
        assertThat(refused).isEqualTo(1);
        assertThat(counters.get("recorded").asInt()).isEqualTo(CALLS);
        assertThat(counters.get("forwarded").asInt()).isEqualTo(CALLS);
        assertThat(counters.get("received").asInt())
                .isEqualTo(counters.get("recorded").asInt()
                        + counters.get("partial").asInt()
                        + counters.get("unrecorded").asInt()
                        + refused);
    }

    private static JsonNode items(RunningNode node) throws IOException {
        return JSON.readTree(node.list("").body()).get("items");
    }
}
