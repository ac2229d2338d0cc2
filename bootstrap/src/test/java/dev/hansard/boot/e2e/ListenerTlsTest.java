// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.wiring.NodeStartException;
import dev.hansard.http.tls.TestIdentity;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(90)
class ListenerTlsTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: a.example\r\n\r\n";
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final UpstreamTimeouts PATIENT =
            new UpstreamTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));

    @TempDir
    Path folder;

    private final TestIdentity first = TestIdentity.ofLoopback();

    @BeforeEach
    void writeFirst() throws IOException {
        first.write(cert(), key());
    }

    private Path cert() {
        return folder.resolve("cert.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }

    private RunningNode node(int upstream) {
        return node(upstream, ListenerSettings.Timeouts.DEFAULT);
    }

    private RunningNode node(int upstream, ListenerSettings.Timeouts timeouts) {
        ListenerSettings standard = ListenerSettings.DEFAULT;
        var listener = new ListenerSettings(
                standard.name(),
                standard.address(),
                new ListenerSettings.Tls(cert(), key()),
                standard.identity(),
                standard.traceContext(),
                standard.limits(),
                timeouts);
        return RunningNode.with(
                folder.resolve("data"), listener, RunningNode.service(Durability.STRICT, PATIENT, upstream));
    }

    private static SSLSocket connect(RunningNode node, TestIdentity trusted, String... protocols) throws IOException {
        var socket = (SSLSocket) TestIdentity.trusting(trusted)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), node.port());
        socket.setSoTimeout(20_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (protocols.length > 0) {
            parameters.setProtocols(new String[] {protocols[0]});
            parameters.setApplicationProtocols(Arrays.copyOfRange(protocols, 1, protocols.length));
        }
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** The next response, of the fixed length of this test's upstream. */
    private static String call(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(GET.getBytes(StandardCharsets.ISO_8859_1));
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\nhello") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the connection ended after: " + answer);
            }
            answer.append((char) next);
        }
        return answer.toString();
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,", "TLSv1.2,http/1.1", "TLSv1.3,", "TLSv1.3,http/1.1"})
    void serves(String version, String alpn) throws Exception {
        String[] protocols = alpn == null ? new String[] {version} : new String[] {version, "h2", alpn};

        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port());
                SSLSocket caller = connect(node, first, protocols)) {
            assertThat(call(caller)).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(call(caller)).contains("Hansard-Session: ses_");
            assertThat(caller.getSession().getProtocol()).isEqualTo(version);
            assertThat(caller.getApplicationProtocol()).isEqualTo(alpn == null ? "" : alpn);
            assertThat(upstream.requests().getFirst()).contains("X-Forwarded-Proto: https\r\n");
        }
    }

    @Test
    void refusesACallerThatSpeaksOnlyAnotherProtocol() throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port());
                SSLSocket caller = connect(node, first, "TLSv1.3", "h2")) {
            assertThatThrownBy(caller::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void takesUpAReplacedCertificateWithoutDroppingACall() throws Exception {
        TestIdentity second = TestIdentity.ofLoopback();

        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port());
                SSLSocket old = connect(node, first)) {
            assertThat(call(old)).contains("200 OK");
            second.write(cert(), key());

            await().atMost(8, SECONDS)
                    .pollInterval(Duration.ofMillis(250))
                    .ignoreException(SSLHandshakeException.class)
                    .untilAsserted(() -> {
                        assertThat(call(old)).contains("200 OK");
                        try (SSLSocket fresh = connect(node, second)) {
                            assertThat(call(fresh)).contains("200 OK");
                        }
                    });
            assertThat(call(old)).contains("200 OK");
        }
    }

    @Test
    void keepsTheOldPairWhileTheNewOneIsBroken() throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port())) {
            Files.writeString(cert(), "-----BEGIN CERTIFICATE-----\nMII");

            await().during(Duration.ofSeconds(6))
                    .atMost(9, SECONDS)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> {
                        try (SSLSocket caller = connect(node, first)) {
                            assertThat(call(caller)).contains("200 OK");
                        }
                    });
        }
    }

    @Test
    void doesNotStartWithAPairThatDoesNotFit() throws Exception {
        TestIdentity.ofLoopback().writeCertificate(cert());

        assertThatThrownBy(() -> node(1).close())
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("does not belong to the first certificate");
    }

    @Test
    void closesHandshakesThatStallOrDripWhileAGoodCallerIsServed() throws Exception {
        var quick = new ListenerSettings.Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(30), 1024);

        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port(), quick);
                SSLSocket good = connect(node, first);
                var stalling = new Socket(InetAddress.getLoopbackAddress(), node.port());
                var dripping = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            good.startHandshake();
            long start = System.nanoTime();
            Thread.ofVirtual().start(() -> drip(dripping));

            long stalled = secondsUntilEnd(stalling, start);
            long dripped = secondsUntilEnd(dripping, start);

            assertThat(stalled).isBetween(4L, 6L);
            assertThat(dripped).isBetween(4L, 6L);
            assertThat(call(good)).contains("200 OK");
        }
    }

    /** The beginning of a record that says it is a handshake of 512 bytes, and then a byte of it now and then. */
    private static void drip(Socket socket) {
        try {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc});
            while (!socket.isClosed()) {
                socket.getOutputStream().write(3);
                java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
            }
        } catch (IOException _) {
            // It was closed, as it should be.
        }
    }

    private static long secondsUntilEnd(Socket socket, long start) throws IOException {
        socket.setSoTimeout(15_000);
        try {
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException _) {
            // A reset is an end too.
        }
        return Duration.ofNanos(System.nanoTime() - start).toSeconds();
    }

    @Test
    void goesOnAfterManyFailedHandshakes() throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port())) {
            for (int i = 0; i < 50; i++) {
                try (var plain = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
                    plain.getOutputStream().write(GET.getBytes(StandardCharsets.ISO_8859_1));
                    secondsUntilEnd(plain, System.nanoTime());
                }
            }

            try (SSLSocket caller = connect(node, first)) {
                assertThat(call(caller)).contains("200 OK");
            }
        }
    }

    /** A peer that takes nothing blocks the writer, and with it the good-bye that closing a TLS socket wants to say. */
    @Test
    void endsACallerThatReadsNothing() throws Exception {
        var short2s = new ListenerSettings.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(10), 1024);
        byte[] much = new byte[64 * 1024];

        try (var upstream = ScriptedUpstream.with((_, out, _) -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 500000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    for (int sent = 0; sent < 500_000_000; sent += much.length) {
                        out.write(much);
                    }
                    return false;
                });
                var node = node(upstream.port(), short2s);
                SSLSocket caller = connect(node, first)) {
            caller.getOutputStream().write(GET.getBytes(StandardCharsets.ISO_8859_1));

            await().atMost(15, SECONDS)
                    .untilAsserted(() -> assertThat(node.list("").body()).contains("\"state\":\"incomplete\""));
        }
    }
}
