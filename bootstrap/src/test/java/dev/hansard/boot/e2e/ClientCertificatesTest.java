// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static dev.hansard.ports.identity.CertificateBuilder.aCertificate;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.http.tls.TestIdentity;
import dev.hansard.ports.identity.CertificateBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that authenticate the connection, through a whole node. */
@Timeout(90)
class ClientCertificatesTest {
    private static final String CHECKOUT = "spiffe://prod.example.com/ns/shop/sa/checkout";
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final String BY_SPIFFE_ID = "mesh: { type: mtls, trust-domain: prod.example.com, groups: ou }";

    @TempDir
    Path folder;

    private final TestIdentity server = TestIdentity.ofLoopback();
    private final TestIdentity authority = TestIdentity.of(CertificateBuilder.anAuthority("Clients CA"));
    private final TestIdentity checkout = authority.issue(workload().uri(CHECKOUT));

    private static CertificateBuilder workload() {
        return aCertificate().unit("shop").commonName("checkout").forClients();
    }

    @BeforeEach
    void writeFiles() throws IOException {
        server.write(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        authority.writeCertificate(folder.resolve("ca.pem"));
    }

    private RunningNode node(String clientAuth, String providers, String identity, int upstream) throws IOException {
        return RunningNode.configured(folder, """
                version: 1
                listeners:
                  default:
                    address: 127.0.0.1:0
                    tls: { cert-file: cert.pem, key-file: key.pem, client-auth: %s, client-ca-file: ca.pem }
                    identity: %s
                admin: { address: '127.0.0.1:0' }
                identity: { providers: { %s } }
                services: { test: { upstream: 'http://127.0.0.1:%d', match: [{ path-prefix: / }] } }
                storage: { data-dir: data }
                """.formatted(clientAuth, identity, providers, upstream));
    }

    private RunningNode node(String clientAuth, int upstream) throws IOException {
        return node(clientAuth, BY_SPIFFE_ID, "[mesh]", upstream);
    }

    private static SSLSocket connect(RunningNode node, SSLContext context) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), node.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** The first line and all fields of the answer. */
    private static String call(SSLSocket socket, String target, String... fields) throws IOException {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        String head = "GET " + target + " HTTP/1.1\r\nHost: a.example\r\n" + more + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the connection ended after: " + answer);
            }
            answer.append((char) next);
        }
        boolean hasContent = answer.indexOf("200 OK") >= 0;
        for (int i = 0; hasContent && i < "hello".length(); i++) {
            int _ = socket.getInputStream().read();
        }
        return answer.toString();
    }

    private static String callOnce(RunningNode node, SSLContext context, String target, String... fields)
            throws IOException {
        try (SSLSocket socket = connect(node, context)) {
            return call(socket, target, fields);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"optional", "required"})
    void recordsWhoShowedACertificateWithEachCallOfTheConnection(String clientAuth) throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(clientAuth, upstream.port());
                SSLSocket caller = connect(node, checkout.showing(server))) {
            assertThat(call(caller, "/first")).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(call(caller, "/second")).startsWith("HTTP/1.1 200 OK\r\n");

            for (String target : new String[] {"/first", "/second"}) {
                JsonNode session = node.session(target);
                assertThat(session.at("/caller/provider").asText()).isEqualTo("mesh");
                assertThat(session.at("/caller/subject").asText()).isEqualTo(CHECKOUT);
                assertThat(session.at("/caller/groups")).map(JsonNode::asText).containsExactly("shop");
            }
        }
    }

    @Test
    void asksWhoShowsNoneForAnotherProofWhereThatIsOptional() throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node("optional", upstream.port())) {
            String answer = callOnce(node, TestIdentity.trusting(server), "/nobody");

            assertThat(answer).startsWith("HTTP/1.1 401 ");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void turnsAwayWhoShowsNoneWhereOneIsRequired() throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node("required", upstream.port())) {
            assertThatThrownBy(() -> callOnce(node, TestIdentity.trusting(server), "/nobody"))
                    .isInstanceOf(IOException.class);

            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void takesNoOtherProviderForACertificateThatNamesSeveral() throws Exception {
        TestIdentity two = authority.issue(workload().uri(CHECKOUT).uri("spiffe://prod.example.com/admin"));
        String providers = BY_SPIFFE_ID + ", anyone: { type: anonymous }";

        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node("optional", providers, "[mesh, anyone]", upstream.port())) {
            assertThat(callOnce(node, two.showing(server), "/two")).startsWith("HTTP/1.1 401 ");
            assertThat(callOnce(node, TestIdentity.trusting(server), "/nobody")).startsWith("HTTP/1.1 200 ");

            assertThat(node.session("/nobody").at("/caller/provider").asText()).isEqualTo("anyone");
        }
    }

    @Test
    void followsTheFileOfAuthoritiesWithoutDroppingACall() throws Exception {
        TestIdentity next = TestIdentity.of(CertificateBuilder.anAuthority("Next CA"));
        SSLContext old = checkout.showing(server);
        SSLContext fresh = next.issue(workload().uri(CHECKOUT)).showing(server);

        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node("required", upstream.port());
                SSLSocket open = connect(node, old)) {
            assertThat(call(open, "/open")).contains("200 OK");
            assertThatThrownBy(() -> callOnce(node, fresh, "/early")).isInstanceOf(IOException.class);
            next.writeCertificate(folder.resolve("ca.pem"));

            await().atMost(8, SECONDS)
                    .pollInterval(Duration.ofMillis(250))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(
                            () -> assertThat(callOnce(node, fresh, "/fresh")).contains("200 OK"));
            assertThatThrownBy(() -> callOnce(node, old, "/late")).isInstanceOf(IOException.class);
            assertThat(call(open, "/still-open")).contains("200 OK");
        }
    }

    @Test
    void takesATokenThatIsBoundToACertificateFromItsOwnerOnly() throws Exception {
        TestIdentity thief = authority.issue(workload().uri("spiffe://prod.example.com/thief"));

        try (var issuer = TokenIssuer.start();
                var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node("optional", issuer.provider("workloads"), "[workloads]", upstream.port())) {
            String bound = "Authorization: Bearer " + issuer.tokenFor("billing", checkout.certificate());

            assertThat(callOnce(node, checkout.showing(server), "/owner", bound))
                    .contains(" 200 OK");
            assertThat(callOnce(node, thief.showing(server), "/thief", bound)).contains(" 401 ");
            assertThat(callOnce(node, TestIdentity.trusting(server), "/nobody", bound))
                    .contains(" 401 ");

            assertThat(node.session("/owner").at("/caller/subject").asText()).isEqualTo("billing");
            assertThat(upstream.requests()).hasSize(1);
        }
    }
}
