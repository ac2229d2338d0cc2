// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import static dev.hansard.ports.identity.CertificateBuilder.aCertificate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.identity.CertificateBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a listener lets in by its certificate. */
@Timeout(60)
class ClientCertificatesTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final long LOOK_AGAIN = ClientTls.LOOK_AGAIN.toNanos();

    @TempDir
    Path folder;

    private final TestIdentity server = TestIdentity.ofLoopback();
    private final TestIdentity authority = TestIdentity.of(CertificateBuilder.anAuthority("Clients CA"));
    private final TestIdentity caller =
            authority.issue(aCertificate().commonName("caller").dns("caller").forClients());
    private final AtomicLong clock = new AtomicLong();

    @BeforeEach
    void writeFiles() throws IOException {
        server.write(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        authority.writeCertificate(caFile());
    }

    private Path caFile() {
        return folder.resolve("ca.pem");
    }

    private TlsEcho echo(boolean required) throws IOException {
        var settings = new ServerTlsSettings(
                folder.resolve("cert.pem"),
                folder.resolve("key.pem"),
                new ServerTlsSettings.Clients(caFile(), required));
        return TlsEcho.asking(ServerTls.open(settings, NEVER, clock::get), required);
    }

    /** Whether the caller is served. In TLS 1.3 it hears of a refusal after its own handshake is done. */
    private static boolean isServed(TlsEcho echo, String version, SSLContext context) {
        try (SSLSocket socket = echo.connect(version, context)) {
            return TlsEcho.roundTrip(socket) == 'x';
        } catch (IOException _) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void provesWhoShowsACertificate(String version) throws Exception {
        try (var echo = echo(true)) {
            assertThat(isServed(echo, version, caller.showing(server))).isTrue();

            assertThat(echo.proved()).containsExactly(List.of(caller.certificate()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void letsInWhoShowsNoneWhereThatIsOptional(String version) throws Exception {
        try (var optional = echo(false);
                var required = echo(true)) {
            assertThat(isServed(optional, version, TestIdentity.trusting(server)))
                    .isTrue();
            assertThat(isServed(required, version, TestIdentity.trusting(server)))
                    .isFalse();

            assertThat(optional.proved()).containsExactly(List.of());
            assertThat(required.proved()).isEmpty();
        }
    }

    private Map<String, TestIdentity> bad() {
        TestIdentity other = TestIdentity.of(CertificateBuilder.anAuthority("Clients CA"));
        return Map.of(
                "of another authority of that name", other.issue(client()),
                "signed by itself", TestIdentity.of(client().issue()),
                "issued by a caller", caller.issue(client()),
                "run out", authority.issue(client().valid(at(-2), at(-1))),
                "not yet valid", authority.issue(client().valid(at(1), at(2))),
                "for servers",
                        authority.issue(aCertificate().commonName("caller").forServers()));
    }

    private static CertificateBuilder client() {
        return aCertificate().commonName("caller").forClients();
    }

    private static Instant at(int hours) {
        return Instant.now().plus(Duration.ofHours(hours));
    }

    @Test
    void turnsAwayWhoeverShowsOneThatDoesNotHoldAlsoWhereNoneIsNeeded() throws Exception {
        try (var optional = echo(false)) {
            bad().forEach((what, shown) -> {
                for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                    assertThat(isServed(optional, version, shown.showing(server, caller.certificate())))
                            .as(what + " " + version)
                            .isFalse();
                }
            });

            assertThat(optional.proved()).isEmpty();
        }
    }

    @Test
    void takesACertificateThatIsItselfInTheFile() throws Exception {
        TestIdentity pinned = TestIdentity.of(client().issue());
        pinned.writeCertificate(caFile());

        try (var echo = echo(true)) {
            assertThat(isServed(echo, "TLSv1.3", pinned.showing(server))).isTrue();
        }
    }

    /** The JDK takes such ones for granted. */
    @Test
    void turnsAwayOneThatIsItselfInTheFileButRanOutOrIsForServers() throws Exception {
        for (CertificateBuilder itself : List.of(
                client().valid(at(-2), at(-1)),
                client().valid(at(1), at(2)),
                aCertificate().commonName("caller").forServers())) {
            TestIdentity pinned = TestIdentity.of(itself.issue());
            pinned.writeCertificate(caFile());

            try (var echo = echo(true)) {
                assertThat(isServed(echo, "TLSv1.3", pinned.showing(server))).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void forgetsAnAuthorityThatWasRemovedAlsoForWhoWasHereBefore(String version) throws Exception {
        TestIdentity next = TestIdentity.of(CertificateBuilder.anAuthority("Next CA"));
        SSLContext old = caller.showing(server);
        SSLContext fresh = next.issue(client()).showing(server);

        try (var echo = echo(true)) {
            assertThat(isServed(echo, version, old)).isTrue();
            assertThat(isServed(echo, version, fresh)).isFalse();
            next.writeCertificate(caFile());
            assertThat(isServed(echo, version, old)).isTrue();
            clock.addAndGet(LOOK_AGAIN);

            assertThat(isServed(echo, version, old)).isFalse();
            assertThat(isServed(echo, version, fresh)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void goesOnWithConnectionsThatAreOpenWhenAuthoritiesChange(String version) throws Exception {
        try (var echo = echo(true);
                SSLSocket open = echo.connect(version, caller.showing(server))) {
            assertThat(TlsEcho.roundTrip(open)).isEqualTo('x');
            TestIdentity.of(CertificateBuilder.anAuthority("Next CA")).writeCertificate(caFile());
            clock.addAndGet(LOOK_AGAIN);
            assertThat(isServed(echo, version, caller.showing(server))).isFalse();

            assertThat(TlsEcho.roundTrip(open)).isEqualTo('x');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN CERTIFICATE-----\nMIIB", "no certificate at all"})
    void keepsTheAuthoritiesWhileTheNewFileIsBroken(String content) throws Exception {
        try (var echo = echo(true)) {
            Files.writeString(caFile(), content);
            clock.addAndGet(LOOK_AGAIN);

            assertThat(isServed(echo, "TLSv1.3", caller.showing(server))).isTrue();
        }
    }

    @Test
    void provesTheChainAndNothingThatCameAfterIt() throws Exception {
        TestIdentity between =
                authority.issue(aCertificate().commonName("Between").authority().keyUsage(0x06));
        TestIdentity last = between.issue(client());
        TestIdentity stranger = TestIdentity.of(CertificateBuilder.anAuthority("Stranger CA"));

        try (var echo = echo(true)) {
            SSLContext context = last.showing(server, between.certificate(), stranger.certificate());
            assertThat(isServed(echo, "TLSv1.3", context)).isTrue();

            assertThat(echo.proved()).containsExactly(List.of(last.certificate(), between.certificate()));
        }
    }

    @Test
    void doesNotTakeAnIssuersNameForTheIssuer() {
        TestIdentity stranger = TestIdentity.of(CertificateBuilder.anAuthority("Clients CA"));

        assertThat(PeerChain.proved(caller.certificate(), stranger.certificate()))
                .containsExactly(caller.certificate());
        assertThat(PeerChain.proved(caller.certificate(), authority.certificate()))
                .containsExactly(caller.certificate(), authority.certificate());
    }

    @Test
    void doesNotOpenWithoutAuthorities() throws IOException {
        Files.writeString(caFile(), "none");

        assertThatThrownBy(() -> echo(true)).isInstanceOf(IOException.class).hasMessageContaining("ca.pem");
    }
}
