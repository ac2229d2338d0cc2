// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.search.InMemoryContentSearch;
import dev.hansard.ports.search.SearchCost;
import dev.hansard.ports.search.SearchStep;
import dev.hansard.ports.search.Spoken;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SEARCH = "/api/v1/sessions:search?q=body:";

    private final RunningAdmin admin = RunningAdmin.start();
    private final AtomicInteger closed = new AtomicInteger();

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    private static List<Spoken> spoken(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Spoken.of(
                        "payments", Spoken.NOON.plusSeconds(i), i, "{\"order\":\"ord_" + i % 3 + "\"}", "{\"<b>\":1}"))
                .toList();
    }

    private static List<JsonNode> lines(HttpResponse<String> answer) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (String line : answer.body().lines().toList()) {
            JsonNode read = JSON.readTree(line);
            if (!read.get("type").textValue().equals("passed")) {
                lines.add(read);
            }
        }
        return lines;
    }

    @Test
    void tellsWhatIsFoundAndWhatItCost() throws IOException, InterruptedException {
        admin.desks.contents = new InMemoryContentSearch().with(spoken(6));

        HttpResponse<String> answer = admin.get(SEARCH + "ord_1");

        List<JsonNode> lines = lines(answer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(lines).extracting(line -> line.get("type").textValue()).containsExactly("found", "found", "ended");
        assertThat(lines.getFirst().at("/session/id").textValue())
                .isEqualTo(spoken(6).get(4).id().toString());
        assertThat(lines.getFirst().get("in")).hasSize(1);
        assertThat(lines.getFirst().at("/in/0").textValue()).isEqualTo("request");
        assertThat(lines.getLast().get("complete").booleanValue()).isTrue();
        assertThat(lines.getLast().at("/cost/sessionsRead").longValue()).isEqualTo(6);
    }

    @Test
    void saysWhereToGoOnBehindTheLimit() throws IOException, InterruptedException {
        admin.desks.contents = new InMemoryContentSearch().with(spoken(6));

        List<JsonNode> first = lines(admin.get(SEARCH + "ord_1&maxBytes=50"));
        JsonNode end = first.getLast();
        List<JsonNode> rest =
                lines(admin.get(SEARCH + "ord_1&from=" + end.get("from").textValue()));

        assertThat(end.get("complete").booleanValue()).isFalse();
        assertThat(first.size() + rest.size()).isEqualTo(2 + 2);
        assertThat(rest.getLast().get("complete").booleanValue()).isTrue();
    }

    @Test
    void fitsTheContract() throws IOException, InterruptedException {
        admin.desks.contents = new InMemoryContentSearch().with(spoken(3));
        Contract contract = Contract.load();

        for (String text : admin.get(SEARCH + "ord_1").body().lines().toList()) {
            JsonNode line = JSON.readTree(text);
            assertThat(contract.errors("/api/v1/sessions:search", 200, "application/x-ndjson", line))
                    .isEmpty();
        }
    }

    @Test
    void refusesBeforeItStarts() throws IOException, InterruptedException {
        assertThat(admin.get("/api/v1/sessions:search?q=service:a").statusCode())
                .isEqualTo(400);
        assertThat(admin.get(SEARCH + "a&maxBytes=x").statusCode()).isEqualTo(400);
        assertThat(admin.send("HEAD", SEARCH + "a").statusCode()).isEqualTo(405);
        admin.desks.contents = _ -> endless(0);
        assertThat(admin.get(SEARCH + "a").statusCode()).isEqualTo(503);
        assertThat(closed).hasValue(1);
    }

    /** A search that never ends, or fails after so many steps. */
    private ContentSearch.Running endless(int steps) {
        return new ContentSearch.Running() {
            private int taken;

            @Override
            public SearchStep next() {
                if (taken++ >= steps) {
                    throw new StorageException("the disk is gone");
                }
                return new SearchStep.Passed(Spoken.NOON);
            }

            @Override
            public SearchCost cost() {
                return SearchCost.NONE;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Test
    void saysThatAStoreFailedOnTheWay() throws IOException {
        admin.desks.contents = _ -> endless(3);

        String answer = admin.raw("GET " + SEARCH + "a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains("\"type\":\"failed\"")
                .doesNotContain("\"ended\"");
        assertThat(closed).hasValue(1);
    }

    @Test
    void endsWithItsReaderAndHasALimit() throws IOException, InterruptedException {
        admin.desks.contents = _ -> endless(Integer.MAX_VALUE);
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < SessionSearch.LIMIT; i++) {
            Socket socket = admin.socket();
            sockets.add(socket);
            String request = "GET " + SEARCH + "a HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        HttpResponse<String> oneMore = admin.get(SEARCH + "a");
        for (Socket socket : sockets) {
            socket.close();
        }

        assertThat(oneMore.statusCode()).isEqualTo(503);
        assertThat(oneMore.body()).contains("too_many_searches");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(closed).hasValue(SessionSearch.LIMIT));
    }
}
