// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static dev.hansard.ports.identity.CertificateBuilder.aCertificate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.http.tls.TestIdentity;
import dev.hansard.ports.identity.CertificateBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that shows a certificate to its upstream, which is another node that asks for one. */
@Timeout(90)
class UpstreamCertificateTest {
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    @TempDir
    Path folder;

    private final TestIdentity server = TestIdentity.ofLoopback();
    private final TestIdentity authority = TestIdentity.of(CertificateBuilder.anAuthority("Clients CA"));

    private TestIdentity client(String name) {
        return authority.issue(aCertificate()
                .commonName("gateway")
                .uri("spiffe://prod.example.com/" + name)
                .forClients());
    }

    private RunningNode back(int upstream) throws IOException {
        Path home = Files.createDirectory(folder.resolve("back"));
        server.write(home.resolve("cert.pem"), home.resolve("key.pem"));
        authority.writeCertificate(home.resolve("ca.pem"));
        return RunningNode.configured(home, """
                version: 1
                listeners:
                  default:
                    address: 127.0.0.1:0
                    tls: { cert-file: cert.pem, key-file: key.pem, client-auth: required, client-ca-file: ca.pem }
                    identity: mesh
                admin: { address: '127.0.0.1:0' }
                identity: { providers: { mesh: { type: mtls, trust-domain: prod.example.com } } }
                storage: { data-dir: data }
                services: { shop: { upstream: 'http://127.0.0.1:%d', match: [{ path-prefix: / }] } }
                """.formatted(upstream));
    }

    private RunningNode front(int upstream, String credentials) throws IOException {
        Path home = folder.resolve("front");
        Files.createDirectories(home);
        server.writeCertificate(home.resolve("server.pem"));
        return RunningNode.configured(home, """
                version: 1
                listeners: { default: { address: '127.0.0.1:0' } }
                admin: { address: '127.0.0.1:0' }
                storage: { data-dir: data }
                services:
                  shop:
                    upstream: { url: 'https://127.0.0.1:%d', tls: { ca-file: server.pem } }
                    match: [{ path-prefix: / }]
                    credentials: %s
                """.formatted(upstream, credentials));
    }

    private static String get(RunningNode node, String path) throws IOException {
        try (RawClient caller = node.caller()) {
            return caller.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .readToEnd();
        }
    }

    @Test
    void showsItsCertificateAndTheNextOneOnceTheFilesChange() throws Exception {
        Path home = Files.createDirectories(folder.resolve("front"));
        client("first").write(home.resolve("client.pem"), home.resolve("client.key"));
        try (var target = ScriptedUpstream.answering(RESPONSE);
                RunningNode back = back(target.port());
                RunningNode front =
                        front(back.port(), "[{ type: mtls, cert-file: client.pem, key-file: client.key }]")) {
            String answer = get(front, "/first");
            client("second").write(home.resolve("client.pem"), home.resolve("client.key"));
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        get(front, "/second");
                        return back.list("caller:spiffe://prod.example.com/second")
                                .body()
                                .contains("/second");
                    });

            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("hello");
            assertThat(back.session("/first").at("/caller/subject").asText())
                    .isEqualTo("spiffe://prod.example.com/first");
        }
    }

    @Test
    void isRefusedWithoutOne() throws Exception {
        try (var target = ScriptedUpstream.answering(RESPONSE);
                RunningNode back = back(target.port());
                RunningNode front = front(back.port(), "[]")) {
            assertThat(get(front, "/none")).startsWith("HTTP/1.1 502");
            assertThat(target.requests()).isEmpty();
        }
    }
}
