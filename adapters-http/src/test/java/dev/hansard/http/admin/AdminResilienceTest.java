// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminResilienceTest {
    private static final byte[] NONE = {};
    private static final long HUGE = 1L << 40;

    private final RunningAdmin admin =
            RunningAdmin.start(RunningAdmin.settings(Duration.ofSeconds(15), Duration.ofMillis(600)));
    private final AtomicLong bytesRead = new AtomicLong();

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    private String hugeBody() {
        Session session = SampleSession.number(1).kept(HUGE).complete();
        admin.sessions.add(session, NONE, NONE);
        admin.sessions.add(session, Direction.RESPONSE, () -> new EndlessBody(bytesRead));
        return "/api/v1/sessions/" + session.id() + "/response/body";
    }

    private Socket ask(String target) throws IOException {
        Socket socket = admin.socket();
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void dropsReadersThatStopReadingAndServesTheOthersMeanwhile() throws IOException, InterruptedException {
        var stalled = new ArrayList<Socket>();
        String target = hugeBody();
        for (int i = 0; i < 3; i++) {
            stalled.add(ask(target));
        }
        await().pollInSameThread().until(() -> admin.sessions.openStreams() == 3);

        HttpResponse<String> other = admin.get("/api/v1/sessions");

        assertThat(other.statusCode()).isEqualTo(200);
        await().pollInSameThread().atMost(Duration.ofSeconds(5)).until(() -> admin.sessions.openStreams() == 0);
        assertThat(bytesRead.get()).isLessThan(64L << 20);
        for (Socket socket : stalled) {
            socket.close();
        }
    }

    @Test
    void dropsTailsThatStopReading() throws IOException {
        String target = "/" + "a".repeat(8000);
        for (int number = 0; number < 3000; number++) {
            admin.sessions.add(SampleSession.number(number).target(target).complete(), NONE, NONE);
        }
        var stalled = new ArrayList<Socket>();
        for (int i = 0; i < 4; i++) {
            stalled.add(ask("/api/v1/sessions:tail?after=0"));
            assertThat(stalled.getLast().getInputStream().read()).isEqualTo('H');
        }

        await().pollInSameThread()
                .ignoreExceptions()
                .atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> {
                    try (EventReader tail = EventReader.open(admin, "")) {
                        assertThat(tail.next("retry: ")).isEqualTo("2000");
                    }
                });
        for (Socket socket : stalled) {
            socket.close();
        }
    }

    @Test
    void closesConnectionsThatSendNoWholeHead() throws IOException {
        try (Socket silent = admin.socket();
                Socket slow = admin.socket()) {
            slow.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: local".getBytes(StandardCharsets.US_ASCII));

            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .doesNotContain("200");
        }
    }

    @Test
    void closesATrickledHeadThoughItsBytesKeepComing() throws IOException {
        try (Socket slow = admin.socket()) {
            byte[] head = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ".getBytes(StandardCharsets.US_ASCII);
            slow.getOutputStream().write(head);
            slow.setSoTimeout(50);
            long start = System.nanoTime();

            boolean isOpen = true;
            while (isOpen && System.nanoTime() - start < Duration.ofSeconds(8).toNanos()) {
                isOpen = trickle(slow);
            }

            assertThat(isOpen).isFalse();
        }
    }

    private static boolean trickle(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() != -1;
        } catch (java.net.SocketTimeoutException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void boundsTheReadsButNotTheProbes() throws IOException, InterruptedException {
        var gate = new CountDownLatch(1);
        var entered = new CountDownLatch(4);
        admin.sessions.passThrough(() -> {
            entered.countDown();
            InMemorySessions.await(gate);
        });
        var waiting = new ArrayList<Socket>();
        for (int i = 0; i < 4; i++) {
            waiting.add(ask("/api/v1/sessions"));
        }
        InMemorySessions.await(entered);

        HttpResponse<String> fifth = admin.get("/api/v1/sessions");
        HttpResponse<String> probe = admin.get("/healthz");

        assertThat(fifth.statusCode()).isEqualTo(503);
        assertThat(fifth.headers().firstValue("Retry-After")).contains("1");
        assertThat(fifth.body()).contains("\"code\":\"too_many_reads\"");
        assertThat(probe.statusCode()).isEqualTo(200);
        gate.countDown();
        for (Socket socket : waiting) {
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
            socket.close();
        }
    }

    @Test
    void hidesItsFaultsFromClientsAndLogsThemOnce() throws IOException, InterruptedException {
        admin.sessions.failWith(new IllegalStateException("secret payload"));
        List<String> logged;
        HttpResponse<String> answer;
        try (var log = CapturedLog.start()) {
            answer = admin.get("/api/v1/sessions");
            logged = log.messages();
        }

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"code\":\"internal_error\"").doesNotContain("secret", "IllegalState");
        assertThat(logged).containsExactly("An admin request failed; this is a fault of Hansard");
    }

    @Test
    void logsAFloodOfFaultsOnce() throws IOException, InterruptedException {
        admin.sessions.failWith(new IllegalStateException("fault"));
        try (var log = CapturedLog.start()) {
            for (int i = 0; i < 20; i++) {
                admin.get("/api/v1/sessions");
            }

            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void namesTheNodeThatHasTheRecordStill() throws IOException, InterruptedException {
        var place = new StorageException.Elsewhere(new NodeName("node-7"), Duration.ofSeconds(45));
        admin.sessions.failWith(StorageException.elsewhere("elsewhere", place));

        HttpResponse<String> answer = admin.get("/api/v1/sessions");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("45");
        assertThat(answer.body()).contains("\"code\":\"session_not_sealed\"", "node-7", "45 seconds");
    }

    @Test
    void asksForARetryWhenTheStoreFails() throws IOException, InterruptedException {
        admin.sessions.failWith(new StorageException("/var/lib/hansard/spool/7 is damaged"));

        HttpResponse<String> answer = admin.get("/api/v1/sessions");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).contains("\"code\":\"storage_unavailable\"").doesNotContain("/var/lib");
    }

    @Test
    void neverEndsAShortBodyAsIfItWereWhole() throws IOException {
        Session session = SampleSession.number(1).kept(100).complete();
        admin.sessions.add(session, NONE, "short".getBytes(StandardCharsets.US_ASCII));

        String answer = admin.raw(
                "GET /api/v1/sessions/" + session.id() + "/response/body HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer).contains("Content-Length: 100\r\n");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSizeLessThan(100);
    }

    @Test
    void servesManyRequestsOnOneConnection() throws IOException {
        try (Socket socket = admin.socket()) {
            for (int i = 0; i < 100; i++) {
                String request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(readAnswer(socket)).startsWith("HTTP/1.1 200 OK").endsWith("{\"status\":\"up\"}\n");
            }
        }
    }

    private static String readAnswer(Socket socket) throws IOException {
        var answer = new StringBuilder();
        while (answer.indexOf("}\n") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        return answer.toString();
    }
}
