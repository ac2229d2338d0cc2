// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TailApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NONE = {};

    private final RunningAdmin admin =
            RunningAdmin.start(RunningAdmin.settings(Duration.ofMillis(200), Duration.ofSeconds(30)));

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    private void add(int number) {
        admin.sessions.add(SampleSession.number(number).target("/n/" + number).complete(), NONE, NONE);
    }

    @Test
    void showsOnlyWhatComesWhenNothingElseIsAsked() throws IOException {
        add(1);
        try (EventReader tail = EventReader.open(admin, "")) {
            assertThat(tail.next("Content-Type: ")).isEqualTo("text/event-stream");
            assertThat(tail.next("id: ")).isEqualTo("1");

            add(2);

            assertThat(tail.next("id: ")).isEqualTo("2");
            assertThat(tail.next("event: ")).isEqualTo("session");
            JsonNode shown = JSON.readTree(tail.next("data: "));
            assertThat(shown.at("/request/target").textValue()).isEqualTo("/n/2");
        }
    }

    @Test
    void comesBackWithoutGapOrDouble() throws IOException {
        for (int number = 1; number <= 300; number++) {
            add(number);
        }
        var seen = new ArrayList<Long>();
        while (seen.size() < 300) {
            String last = seen.isEmpty() ? "0" : seen.getLast().toString();
            try (EventReader tail = EventReader.open(admin, "?after=0", "Last-Event-ID: " + last + "\r\n")) {
                for (int i = 0; i < 75; i++) {
                    seen.add(tail.nextEvent());
                }
            }
        }

        assertThat(seen).containsExactlyElementsOf(range(1, 300));
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void resumesAfterTheParameter() throws IOException {
        add(1);
        add(2);
        try (EventReader tail = EventReader.open(admin, "?after=1")) {
            assertThat(tail.nextEvent()).isEqualTo(2);
        }
    }

    @Test
    void showsOnlyWhatFitsAndMovesTheReaderPastTheRest() throws IOException {
        try (EventReader tail = EventReader.open(admin, "?q=/n/3")) {
            add(1);
            add(2);

            assertThat(tail.next("id: 2")).isEmpty();
            assertThat(tail.next(": still here")).isEmpty();
            add(3);
            assertThat(tail.nextEvent()).isEqualTo(3);
        }
    }

    @Test
    void keepsSilentConnectionsOpenWithComments() throws IOException {
        try (EventReader tail = EventReader.open(admin, "")) {
            for (int beats = 0; beats < 3; beats++) {
                assertThat(tail.next(": still here")).isEmpty();
            }
        }
    }

    @Test
    void refusesWhatIsWrongBeforeItStarts() throws IOException, InterruptedException {
        HttpResponse<String> query = admin.get("/api/v1/sessions:tail?q=!x");
        HttpResponse<String> id = admin.get("/api/v1/sessions:tail", "Last-Event-ID", "seven");

        assertThat(query.statusCode()).isEqualTo(400);
        assertThat(query.body()).contains("\"code\":\"invalid_query\"", "\"position\":3");
        assertThat(id.body()).contains("\"status\":400", "\"code\":\"invalid_parameter\"");
    }

    @Test
    void hasNoHead() throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.send("HEAD", "/api/v1/sessions:tail");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET");
    }

    @Test
    void boundsTheTailsAndFreesThoseWhoseReaderWent() throws IOException, InterruptedException {
        var tails = new ArrayList<EventReader>();
        for (int i = 0; i < 4; i++) {
            tails.add(EventReader.open(admin, ""));
        }

        HttpResponse<String> fifth = admin.get("/api/v1/sessions:tail");
        for (EventReader tail : tails) {
            tail.close();
        }

        assertThat(fifth.statusCode()).isEqualTo(503);
        assertThat(fifth.headers().firstValue("Retry-After")).contains("5");
        assertThat(fifth.body()).contains("\"code\":\"too_many_tails\"");
        await().pollInSameThread()
                .ignoreExceptions()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> {
                    try (EventReader again = EventReader.open(admin, "")) {
                        assertThat(again.next("retry: ")).isEqualTo("2000");
                    }
                });
    }

    @Test
    void endsInGoodOrderWhenTheServerStops() throws IOException {
        try (EventReader tail = EventReader.open(admin, "")) {
            tail.next("retry: ");
            long before = System.nanoTime();

            admin.stop();

            assertThat(tail.endsWhole()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void breaksOffWhenTheRecordsFail() throws IOException {
        try (EventReader tail = EventReader.open(admin, "")) {
            tail.next("retry: ");

            admin.sessions.failWith(new StorageException("catalog is gone"));

            assertThat(tail.endsWhole()).isFalse();
        }
    }
}
