// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static dev.hansard.boot.e2e.TlsUpstream.Ending.CLOSE_NOTIFY;
import static dev.hansard.boot.e2e.TlsUpstream.Ending.TRUNCATE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.wiring.NodeStartException;
import dev.hansard.http.tls.TestIdentity;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class UpstreamTlsTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: a.example\r\n\r\n";
    private static final String UNTIL_CLOSE = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\npart";
    private static final UpstreamTimeouts PATIENT =
            new UpstreamTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));

    @TempDir
    Path folder;

    private final TestIdentity identity = TestIdentity.ofLoopback();

    private Path caFile() {
        return folder.resolve("ca.pem");
    }

    private RunningNode node(UpstreamTls tls, int port) throws IOException {
        if (!Files.exists(caFile())) {
            identity.writeCertificate(caFile());
        }
        Service plain = RunningNode.service(Durability.STRICT, PATIENT, port);
        var service = new Service(
                plain.name(),
                List.of(new UpstreamAddress(true, "127.0.0.1", port)),
                tls,
                plain.timeouts(),
                plain.matches(),
                plain.recording(),
                plain.retention(),
                plain.labels());
        return RunningNode.with(folder.resolve("data"), ListenerSettings.DEFAULT, service);
    }

    private UpstreamTls trusted(@Nullable String serverName) {
        return new UpstreamTls(caFile(), serverName);
    }

    private static String call(RunningNode node) throws IOException {
        try (var caller = node.caller()) {
            return caller.send(GET).readResponse();
        }
    }

    private static void refusesForTls(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 502 ")
                .contains("\"code\":\"upstream_tls_failed\"")
                .contains("Hansard-Session: ses_")
                .doesNotContain("secret");
    }

    @Test
    void callsAnUpstreamThatItsAuthoritiesVouchForOnOneKeptConnection() throws Exception {
        try (var upstream = TlsUpstream.start(identity);
                var node = node(trusted(null), upstream.port());
                var caller = node.caller()) {
            for (int i = 0; i < 5; i++) {
                assertThat(caller.send(GET).readResponse())
                        .startsWith("HTTP/1.1 200 OK\r\n")
                        .endsWith("secret");
            }

            assertThat(call(node)).endsWith("secret");
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() throws Exception {
        try (var upstream = TlsUpstream.start(identity);
                var node = node(UpstreamTls.DEFAULT, upstream.port())) {
            refusesForTls(call(node));
        }
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        TestIdentity other = TestIdentity.named("payments.internal");
        other.writeCertificate(caFile());

        try (var upstream = TlsUpstream.start(other);
                var node = node(trusted(null), upstream.port())) {
            refusesForTls(call(node));
        }
    }

    @Test
    void asksForTheConfiguredNameAndChecksTheCertificateAgainstIt() throws Exception {
        TestIdentity other = TestIdentity.named("payments.internal");
        other.writeCertificate(caFile());

        try (var upstream = TlsUpstream.start(other);
                var node = node(trusted("payments.internal"), upstream.port())) {
            assertThat(call(node)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("secret");
            assertThat(upstream.namesAskedFor()).containsExactly("payments.internal");
        }
    }

    @Test
    void takesUpAReplacedFileOfAuthorities() throws Exception {
        TestIdentity renewed = TestIdentity.ofLoopback();

        try (var upstream = TlsUpstream.start(identity);
                var node = node(trusted(null), upstream.port())) {
            assertThat(call(node)).endsWith("secret");
            upstream.change(renewed);
            refusesForTls(call(node));

            renewed.writeCertificate(caFile());

            await().atMost(8, SECONDS)
                    .pollInterval(Duration.ofMillis(250))
                    .untilAsserted(() -> assertThat(call(node)).endsWith("secret"));
        }
    }

    @Test
    void keepsItsAuthoritiesWhenTheFileBreaks() throws Exception {
        try (var upstream = TlsUpstream.start(identity);
                var node = node(trusted(null), upstream.port())) {
            assertThat(call(node)).endsWith("secret");
            Files.writeString(caFile(), "no certificate");

            await().during(Duration.ofSeconds(6))
                    .atMost(9, SECONDS)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> {
                        upstream.change(identity);
                        assertThat(call(node)).endsWith("secret");
                    });
        }
    }

    @Test
    void doesNotStartWithoutTheFileOfAuthorities() {
        var tls = new UpstreamTls(folder.resolve("absent.pem"), null);

        assertThatExceptionOfType(NodeStartException.class)
                .isThrownBy(() -> node(tls, 1).close())
                .withMessageContainingAll("service 'test'", "absent.pem");
    }

    @Test
    void refusesAnUpstreamThatDoesNotSpeakTls() throws Exception {
        try (var upstream = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                var node = node(trusted(null), upstream.getLocalPort())) {
            Thread.ofVirtual().start(() -> answerInPlaintext(upstream));

            refusesForTls(call(node));
        }
    }

    private static void answerInPlaintext(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        } catch (IOException _) {
            // The proxy hung up on it.
        }
    }

    @Test
    void recordsAContentThatEndsWithTheConnectionAsComplete() throws Exception {
        try (var upstream = TlsUpstream.start(identity, UNTIL_CLOSE, CLOSE_NOTIFY);
                var node = node(trusted(null), upstream.port());
                var caller = node.caller()) {
            assertThat(caller.send(GET).readResponse()).endsWith("part\r\n0\r\n\r\n");
            await().atMost(10, SECONDS)
                    .untilAsserted(() -> assertThat(node.list("").body()).contains("\"state\":\"complete\""));
        }
    }

    /**
     * The JDK tells only when it is asked to, once for the process, as {@code Main} does. RFC 9112 section 9.8: without
     * a close_notify nobody knows whether the content is whole, so it must not look so.
     */
    @Test
    @EnabledIfSystemProperty(named = "com.sun.net.ssl.requireCloseNotify", matches = "true")
    void doesNotTakeACutConnectionForTheEndOfTheContent() throws Exception {
        try (var upstream = TlsUpstream.start(identity, UNTIL_CLOSE, TRUNCATE);
                var node = node(trusted(null), upstream.port());
                var caller = node.caller()) {
            String answer = caller.send(GET).readToEnd();

            assertThat(answer).doesNotEndWith("0\r\n\r\n");
            await().atMost(10, SECONDS)
                    .untilAsserted(() -> assertThat(node.list("").body()).contains("\"state\":\"incomplete\""));
        }
    }
}
