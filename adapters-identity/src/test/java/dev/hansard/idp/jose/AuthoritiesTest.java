// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Keys from an issuer whose certificate the JDK does not believe. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthoritiesTest {
    private static final String WORD = "for-a-test";
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final byte[] SET = Published.set(SigningKey.ec("k")).getBytes(StandardCharsets.UTF_8);

    private final Path folder;
    private final HttpsServer server;

    AuthoritiesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeAll
    void serve() throws Exception {
        keytool("ours", "SAN=ip:127.0.0.1");
        keytool("theirs", "SAN=ip:127.0.0.1");
        server.setHttpsConfigurator(new HttpsConfigurator(tlsOf("ours")));
        server.createContext("/keys", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, SET.length);
                exchange.getResponseBody().write(SET);
            }
        });
        server.start();
    }

    @AfterAll
    void endServer() {
        server.stop(0);
    }

    private void keytool(String name, String names) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        run(
                keytool,
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                names,
                "-keystore",
                folder.resolve(name).toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                WORD);
        run(
                keytool,
                "-exportcert",
                "-rfc",
                "-alias",
                "k",
                "-file",
                pem(name).toString(),
                "-keystore",
                folder.resolve(name).toString(),
                "-storepass",
                WORD);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private Path pem(String name) {
        return folder.resolve(name + ".pem");
    }

    private SSLContext tlsOf(String name) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(folder.resolve(name).toFile(), WORD.toCharArray());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, WORD.toCharArray());
        var tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        return tls;
    }

    private byte[] get(@Nullable Path authorities, String host) throws IOException, InterruptedException {
        var fetch = new HttpFetch(LONG, LONG, authorities == null ? null : new Authorities(authorities));
        return fetch.get(
                URI.create("https://" + host + ":" + server.getAddress().getPort() + "/keys"));
    }

    @Test
    void believesTheAuthorityInTheFile() throws Exception {
        assertThat(get(pem("ours"), "127.0.0.1")).isEqualTo(SET);
    }

    @Test
    void believesNobodyElse() {
        assertThatThrownBy(() -> get(pem("theirs"), "127.0.0.1")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(null, "127.0.0.1")).isInstanceOf(IOException.class);
    }

    @Test
    void believesNoCertificateForAnotherHost() {
        assertThatThrownBy(() -> get(pem("ours"), "localhost")).isInstanceOf(IOException.class);
    }

    @Test
    void saysWhatIsWrongWithTheFile() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path text = Files.writeString(folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nnothing\n");

        assertThatThrownBy(() -> get(empty, "127.0.0.1")).hasMessageContaining("holds no certificate");
        assertThatThrownBy(() -> get(text, "127.0.0.1")).hasMessageContaining("is not a list of PEM certificates");
        assertThatThrownBy(() -> get(folder.resolve("none.pem"), "127.0.0.1")).hasMessageContaining("none.pem");
    }
}
