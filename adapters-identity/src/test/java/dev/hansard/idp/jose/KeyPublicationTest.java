// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys over real HTTP, from an issuer that behaves or does not. */
class KeyPublicationTest {
    private static final SigningKey KEY = SigningKey.ec("k");
    private static final byte[] SET = Published.set(KEY).getBytes(StandardCharsets.UTF_8);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server = server();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void serve() {
        server.setExecutor(threads);
        server.createContext("/keys", exchange -> answer(exchange, 200, SET));
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            answer(exchange, 200, SET);
        });
        server.start();
    }

    @AfterEach
    void endServer() {
        ended.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static Fetch fetch() {
        return new HttpFetch(LONG, LONG, null);
    }

    private KeySet keysAt(String path) throws Exception {
        return KeyPublication.at(at(path), fetch()).fetch();
    }

    @Test
    void fetchesKeys() throws Exception {
        assertThat(keysAt("/keys").find("k", SignatureAlgorithm.ES256)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", at("/elsewhere").toString());
            answer(exchange, status, new byte[0]);
        });

        assertThatThrownBy(() -> keysAt("/moved"))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer was status " + status + ", not 200");
        assertThat(elsewhere).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 404, 500, 503})
    void takesOnlyAnAnswerThatIsOk(int status) {
        server.createContext("/odd", exchange -> answer(exchange, status, status == 204 ? new byte[0] : SET));

        assertThatThrownBy(() -> keysAt("/odd")).hasMessage("the answer was status " + status + ", not 200");
    }

    @Test
    void takesNoMoreThanADocumentOfKeysMayHave() throws Exception {
        var padded = new byte[HttpFetch.LARGEST];
        Arrays.fill(padded, (byte) ' ');
        System.arraycopy(SET, 0, padded, 0, SET.length);
        server.createContext("/full", exchange -> answer(exchange, 200, padded));
        server.createContext("/fuller", exchange -> answer(exchange, 200, Arrays.copyOf(padded, padded.length + 1)));
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                while (ended.getCount() > 0) {
                    exchange.getResponseBody().write(padded);
                }
            }
        });

        assertThat(keysAt("/full")).isNotNull();
        assertThatThrownBy(() -> keysAt("/fuller")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> keysAt("/endless")).isInstanceOf(IOException.class);
    }

    @Test
    void waitsForTheWholeAnswerNoLongerThanAllowed() {
        server.createContext("/silent", exchange -> await());
        server.createContext("/dripping", exchange -> {
            exchange.sendResponseHeaders(200, SET.length);
            exchange.getResponseBody().write(SET, 0, 10);
            exchange.getResponseBody().flush();
            await();
        });
        long begin = System.nanoTime();

        for (String path : new String[] {"/silent", "/dripping"}) {
            var impatient = KeyPublication.at(at(path), new HttpFetch(LONG, SHORT, null));
            assertThatThrownBy(impatient::fetch).as(path).isInstanceOf(IOException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG);
    }

    private void await() {
        try {
            ended.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void saysThatNobodyListens() {
        URI nobody = at("/keys");
        server.stop(0);

        assertThatThrownBy(() -> KeyPublication.at(nobody, fetch()).fetch()).isInstanceOf(IOException.class);
    }

    @Test
    void findsKeysByDiscovery() throws Exception {
        String issuer = at("/realms/r").toString();
        discover("/realms/r", Map.of("issuer", issuer, "jwks_uri", at("/keys").toString()));

        KeySet keys = KeyPublication.discovered(issuer, fetch()).fetch();

        assertThat(keys.find("k", SignatureAlgorithm.ES256)).isNotNull();
    }

    @Test
    void findsKeysOfAnIssuerWithASlashBehind() throws Exception {
        String issuer = at("/realms/r/").toString();
        discover("/realms/r", Map.of("issuer", issuer, "jwks_uri", at("/keys").toString()));

        assertThat(KeyPublication.discovered(issuer, fetch()).fetch()).isNotNull();
    }

    @Test
    void believesNoDocumentOfAnotherIssuer() {
        String issuer = at("/realms/r").toString();
        discover(
                "/realms/r",
                Map.of("issuer", issuer + "/", "jwks_uri", at("/keys").toString()));

        assertThatThrownBy(() -> KeyPublication.discovered(issuer, fetch()).fetch())
                .isInstanceOf(UnusableKeyException.class)
                .hasMessage("cannot be found: the document names another issuer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "http://keys.example/", "file:///etc/passwd", "https:///x", "https://u:p@a.example/", "\\"})
    void goesOnlyWhereItCanBelieve(String keys) {
        String issuer = at("/realms/r").toString();
        discover("/realms/r", Map.of("issuer", issuer, "jwks_uri", keys));

        assertThatThrownBy(() -> KeyPublication.discovered(issuer, fetch()).fetch())
                .isInstanceOf(UnusableKeyException.class);
    }

    private void discover(String path, Map<String, ?> document) {
        byte[] body = JsonText.of(document).getBytes(StandardCharsets.UTF_8);
        server.createContext(path + "/.well-known/openid-configuration", exchange -> answer(exchange, 200, body));
    }

    @Test
    void tellsNoQueryInItsPlace() {
        URI secret = URI.create("https://id.example.com/keys?code=secret");

        assertThat(KeyPublication.at(secret, fetch()).place()).isEqualTo("https://id.example.com/keys");
    }
}
