// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServerTlsTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final long LOOK_AGAIN = ClientTls.LOOK_AGAIN.toNanos();

    @TempDir
    Path folder;

    private final TestIdentity first = TestIdentity.ofLoopback();
    private final TestIdentity second = TestIdentity.ofLoopback();
    private final AtomicLong clock = new AtomicLong();

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

    private ServerTlsSettings settings() {
        return new ServerTlsSettings(cert(), key(), null);
    }

    private TlsEcho echo(Duration handshake) throws IOException {
        return TlsEcho.start(ServerTls.open(settings(), handshake, clock::get));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shakesHandsInBothVersions(String version) throws Exception {
        try (var echo = echo(NEVER);
                SSLSocket caller = echo.connect(version, first)) {
            assertThat(TlsEcho.roundTrip(caller)).isEqualTo('x');
            assertThat(caller.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void showsANewCertificateToNewConnectionsWhileOldOnesGoOn() throws Exception {
        try (var echo = echo(NEVER);
                SSLSocket old = echo.connect("TLSv1.3", first)) {
            second.write(cert(), key());
            clock.addAndGet(LOOK_AGAIN);

            try (SSLSocket fresh = echo.connect("TLSv1.3", second)) {
                assertThat(TlsEcho.roundTrip(fresh)).isEqualTo('x');
            }
            assertThat(TlsEcho.roundTrip(old)).isEqualTo('x');
        }
    }

    @Test
    void looksAtTheFilesNoOftenerThanTheLimit() throws Exception {
        try (var echo = echo(NEVER)) {
            second.write(cert(), key());
            clock.addAndGet(LOOK_AGAIN - 1);

            try (SSLSocket caller = echo.connect("TLSv1.3", first)) {
                assertThat(TlsEcho.roundTrip(caller)).isEqualTo('x');
            }
        }
    }

    @Test
    void keepsTheOldPairWhenTheNewOneDoesNotFitAndSaysSo() throws Exception {
        try (var echo = echo(NEVER);
                var log = TlsLog.start()) {
            second.writeCertificate(cert());
            clock.addAndGet(LOOK_AGAIN);

            try (SSLSocket caller = echo.connect("TLSv1.3", first)) {
                assertThat(TlsEcho.roundTrip(caller)).isEqualTo('x');
            }
            assertThat(log.warnings()).singleElement().asString().contains("kept the certificate", "does not belong");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN CERTIFICATE-----\nMIIB", "no certificate at all"})
    void keepsTheOldPairWhenTheNewOneIsBroken(String content) throws Exception {
        try (var echo = echo(NEVER);
                var log = TlsLog.start()) {
            Files.writeString(cert(), content);
            clock.addAndGet(LOOK_AGAIN);

            try (SSLSocket caller = echo.connect("TLSv1.3", first)) {
                assertThat(TlsEcho.roundTrip(caller)).isEqualTo('x');
            }
            assertThat(log.warnings()).singleElement().asString().contains("kept the certificate", "cert.pem");
        }
    }

    @Test
    void takesThePairOnceItsSecondHalfIsWritten() throws Exception {
        try (var echo = echo(NEVER)) {
            second.writeCertificate(cert());
            clock.addAndGet(LOOK_AGAIN);
            try (SSLSocket caller = echo.connect("TLSv1.3", first)) {
                assertThat(TlsEcho.roundTrip(caller)).isEqualTo('x');
            }
            second.write(cert(), key());
            clock.addAndGet(LOOK_AGAIN);

            try (SSLSocket caller = echo.connect("TLSv1.3", second)) {
                assertThat(TlsEcho.roundTrip(caller)).isEqualTo('x');
            }
        }
    }

    @Test
    void refusesToStartOnAPairThatDoesNotFit() throws IOException {
        second.writeCertificate(cert());

        assertThatThrownBy(() -> ServerTls.open(settings(), NEVER, clock::get))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not belong to the first certificate");
    }

    @Test
    void closesAConnectionThatSendsNothing() throws Exception {
        try (var echo = echo(SOON);
                var silent = echo.connectPlain()) {
            assertThat(TlsEcho.endsWithin(silent, 3)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,http/1.1", "TLSv1.2,", "TLSv1.3,http/1.1", "TLSv1.3,"})
    void closesAConnectionThatStallsAfterItsClientHello(String version, String alpn) throws Exception {
        try (var echo = echo(SOON);
                var caller = echo.connectPlain()) {
            caller.getOutputStream().write(ClientHello.of(version, alpn));

            assertThat(TlsEcho.endsWithin(caller, 3)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,http/1.1", "TLSv1.2,", "TLSv1.3,http/1.1", "TLSv1.3,"})
    void leavesAConnectionAloneWhoseHandshakeIsDone(String version, String alpn) throws Exception {
        try (var echo = echo(SOON);
                SSLSocket caller = echo.connect(version, alpn, first);
                var silent = echo.connectPlain()) {
            // The silent one came later, so when it has been closed, the deadline of the other has passed too.
            assertThat(TlsEcho.endsWithin(silent, 3)).isTrue();

            assertThat(TlsEcho.roundTrip(caller)).isEqualTo('x');
        }
    }

    @Test
    void endsAConnectionWhoseWriterIsStuck() throws Exception {
        try (var echo = TlsEcho.flooding(ServerTls.open(settings(), NEVER, clock::get));
                SSLSocket caller = echo.connect("TLSv1.3", first)) {
            TlsEcho.send(caller);
            var before = new AtomicLong(-1);
            await().atMost(20, SECONDS)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> echo.isServing() && echo.written() == before.getAndSet(echo.written()));

            echo.abort();

            await().atMost(10, SECONDS).until(() -> !echo.isServing());
        }
    }

    @Test
    void forgetsConnectionsWhoseHandshakeFailed() throws Exception {
        ServerTls tls = ServerTls.open(settings(), SOON, clock::get);
        try (var echo = TlsEcho.start(tls);
                var silent = echo.connectPlain()) {
            await().atMost(10, SECONDS).until(() -> tls.unclaimed() == 1);

            assertThat(TlsEcho.endsWithin(silent, 3)).isTrue();

            await().atMost(10, SECONDS).until(() -> tls.unclaimed() == 0);
        }
    }
}
