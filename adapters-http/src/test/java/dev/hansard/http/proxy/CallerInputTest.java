// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.wire.Step;
import dev.hansard.http.wire.WireLimits;
import io.helidon.common.socket.PlainSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallerInputTest {
    private static final String SMALL = "GET /a HTTP/1.1\r\nHost: a.example\r\n\r\n";

    private Socket caller;
    private Socket accepted;
    private CallerInput input;

    @BeforeEach
    void connect() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            caller = new Socket(server.getInetAddress(), server.getLocalPort());
            accepted = server.accept();
        }
        CallerSocket socket = CallerSocket.of(PlainSocket.server(accepted, "test", "test"));
        input = new CallerInput(socket, WireLimits.DEFAULT);
    }

    @AfterEach
    void close() throws IOException {
        caller.close();
        accepted.close();
    }

    private void send(String text) throws IOException {
        caller.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** From another thread, for what does not fit into the buffers of a connection. */
    private void sendBehind(String text) {
        Thread.ofVirtual().start(() -> {
            try {
                send(text);
            } catch (IOException _) {
                // The test was over before all of it had been taken; what is missing shows in what was read.
            }
        });
    }

    private Step readHead() throws IOException {
        input.beginHead();
        Step step = input.parseHead();
        while (step == Step.NEED_MORE && input.readMoreOfHead()) {
            step = input.parseHead();
        }
        return step;
    }

    private String readBody() throws IOException {
        var body = new ByteArrayOutputStream();
        input.decoder().begin(input.parser().framing(), input.parser().contentLength());
        while (input.decode(body::write) == Step.NEED_MORE) {
            assertThat(input.readMoreOfBody()).isTrue();
        }
        return body.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void growsForALargeHead() throws IOException {
        String value = "v".repeat(14_000);
        send("GET /a HTTP/1.1\r\nHost: a.example\r\nX-A: " + value + "\r\nX-B: " + value + "\r\n\r\n");

        assertThat(readHead()).isEqualTo(Step.DONE);

        assertThat(input.parser().head().fields().first("x-b")).isEqualTo(value);
    }

    @Test
    void keepsWhatFollowsAHeadForTheNext() throws IOException {
        send(SMALL + "GET /b HTTP/1.1\r\nHost: b.example\r\n\r\n");

        assertThat(readHead()).isEqualTo(Step.DONE);
        assertThat(input.hasUnread()).isTrue();
        assertThat(readHead()).isEqualTo(Step.DONE);

        assertThat(input.parser().head().target()).isEqualTo("/b");
        assertThat(input.hasUnread()).isFalse();
    }

    @Test
    void keepsTheHeadWhereItIsWhileALargeBodyStreamsThrough() throws IOException {
        String body = "0123456789".repeat(50_000);
        sendBehind("POST /a HTTP/1.1\r\nHost: a.example\r\nX-Kept: yes\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);

        assertThat(readHead()).isEqualTo(Step.DONE);

        assertThat(readBody()).isEqualTo(body);
        assertThat(input.parser().head().fields().first("x-kept")).isEqualTo("yes");
        assertThat(input.bufferBytes()).isLessThan(3 * CallerInput.READ_BYTES);
    }

    @Test
    void keepsWhatFollowsABodyForTheNextHead() throws IOException {
        String chunked =
                "POST /a HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        send(chunked + SMALL);

        assertThat(readHead()).isEqualTo(Step.DONE);
        assertThat(readBody()).isEqualTo("hello");
        assertThat(readHead()).isEqualTo(Step.DONE);

        assertThat(input.parser().head().method()).isEqualTo("GET");
    }

    @Test
    void shrinksAgainWhenNothingIsLeftOfALargeRequest() throws IOException {
        int before = input.bufferBytes();
        sendBehind("POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(300_000));
        assertThat(readHead()).isEqualTo(Step.DONE);
        assertThat(readBody()).hasSize(300_000);
        int during = input.bufferBytes();
        send(SMALL);

        assertThat(readHead()).isEqualTo(Step.DONE);

        assertThat(during).isGreaterThan(before);
        assertThat(input.bufferBytes()).isEqualTo(before);
    }

    @Test
    void tellsTheEndOfTheConnection() throws IOException {
        send("GET /a HT");
        caller.shutdownOutput();

        assertThat(readHead()).isEqualTo(Step.NEED_MORE);

        assertThat(input.hasUnread()).isTrue();
    }

    @Test
    void lingersOnlyUntilTheCallerHasEnded() throws IOException {
        try (var deadlines = new Deadlines(System::nanoTime)) {
            send("x".repeat(1_000));
            caller.shutdownOutput();

            input.linger(deadlines.watch(() -> {}));

            assertThat(accepted.getInputStream().available()).isZero();
        }
    }

    @Test
    void doesNotLingerOverContentThatIsAllThere() throws IOException {
        try (var deadlines = new Deadlines(System::nanoTime)) {
            send("POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\n12345");
            readHead();

            input.lingerOverContent(deadlines.watch(() -> {}));

            assertThat(input.hasUnread()).isTrue();
        }
    }

    @Test
    void lingersNoLongerThanItsLimit() throws IOException {
        try (var deadlines = new Deadlines(System::nanoTime)) {
            sendBehind("x".repeat(CallerInput.LINGER_BYTES + 8 * 1024 * 1024));
            long start = System.nanoTime();

            input.linger(deadlines.watch(() -> {}));

            assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
            assertThat(accepted.isClosed()).isFalse();
        }
    }
}
