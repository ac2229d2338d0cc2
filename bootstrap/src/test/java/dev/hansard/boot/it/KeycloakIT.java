// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Access tokens of a real Keycloak, which says {@code JWT} for their type and names a service in {@code azp}. It takes
 * a minute to start, so all tests share one; the last ends it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class KeycloakIT {
    private static final int CALLERS = 8;
    private static final int CALLS_OF_ROTATION = 2_000;
    private static final int CALLS_OF_FLOOD = 10_000;
    private static final int CALLS_WITH_ONE_TOKEN = 25;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final AtomicReference<Keycloak> STARTED = new AtomicReference<>();

    @TempDir
    private static Path home;

    @TempDir
    private Path folder;

    private final Upstream target = Upstream.echoing();

    @BeforeAll
    static void start() throws IOException {
        Path distribution = Keycloak.distribution();
        assumeTrue(
                Files.isRegularFile(distribution),
                () -> "the tests with Keycloak are skipped: there is no " + distribution + ", which .ci/setup gets");
        STARTED.set(Keycloak.start(home));
    }

    @AfterAll
    static void stop() {
        if (STARTED.get() != null) {
            STARTED.get().close();
        }
    }

    private static Keycloak keycloak() {
        return STARTED.get();
    }

    private JarNode node(String... more) throws IOException {
        String options = String.join("\n      ", more);
        Path config = Files.writeString(
                folder.resolve("hansard.yaml"), """
                version: 1
                listeners: { edge: { address: "127.0.0.1:8080", identity: [workloads] } }
                identity:
                  providers:
                    workloads:
                      type: jwt
                      issuer: %s
                      audience: hansard
                      claims: { subject: azp, groups: groups }
                      token-types: [JWT]
                      clock-skew: 0s
                      %s
                services: { target: { upstream: "%s", match: [{ listener: edge }] } }
                """.formatted(keycloak().issuer("services"), options, target.url()));
        return JarNode.start(folder, List.of(), List.of("--config", config.toString()));
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    /** On a connection of its own, because one whose caller is not known is closed. */
    private static int status(JarNode node, String token) throws IOException {
        try (Caller caller = Caller.to(node.port())) {
            return caller.get("/", bearer(token)).status();
        }
    }

    @Test
    @Timeout(120)
    void namesTheCallerAndItsGroupsInTheSession() throws IOException {
        try (JarNode node = node();
                Admin admin = Admin.of(node);
                Caller caller = Caller.to(node.port())) {

            Caller.Reply reply = caller.get("/orders", bearer(keycloak().token("services", "checkout")));

            assertThat(reply.status()).isEqualTo(200);
            await().atMost(LIMIT).untilAsserted(() -> {
                JsonNode session = admin.session(reply.session());
                assertThat(session.at("/caller/subject").asText()).isEqualTo("checkout");
                assertThat(session.at("/caller/groups"))
                        .extracting(JsonNode::asText)
                        .containsExactlyInAnyOrder("payments", "shop");
            });
            // It was meant for Hansard and ends there.
            assertThat(target.seen())
                    .singleElement()
                    .satisfies(head -> assertThat(head.field("authorization")).isEmpty());
        }
    }

    @Test
    @Timeout(120)
    void refusesTokensThatAreOldOrForOthers() throws IOException {
        try (JarNode node = node();
                Caller caller = Caller.to(node.port())) {
            String hasty = keycloak().token("services", "hasty");
            assertThat(caller.get("/", bearer(hasty)).status()).isEqualTo(200);
            await().atMost(LIMIT).until(() -> status(node, hasty) == 401);

            assertThatItIsRefused(node, hasty);
            assertThatItIsRefused(node, keycloak().token("services", "elsewhere"));
        }
    }

    private static void assertThatItIsRefused(JarNode node, String token) throws IOException {
        try (Caller caller = Caller.to(node.port())) {
            Caller.Reply reply = caller.get("/", bearer(token));

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.content()).contains("invalid_token");
            assertThat(reply.head().field("www-authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).contains("error=\"invalid_token\""));
        }
    }

    @Test
    @Timeout(120)
    void recognisesNobodyByATokenOfAnotherRealm() throws IOException {
        try (JarNode node = node();
                Caller caller = Caller.to(node.port())) {
            Caller.Reply reply = caller.get("/", bearer(keycloak().token("others", "checkout")));

            // No provider of the chain knows the issuer, and the answer does not say which ones it knows.
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.head().field("www-authenticate")).isPresent();
            assertThat(target.seen()).isEmpty();
        }
    }

    @Test
    @Timeout(240)
    void refusesNoCallWhileTheRealmChangesItsKey() throws Exception {
        Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
        Map<String, Boolean> keys = new ConcurrentHashMap<>();
        AtomicInteger calls = new AtomicInteger();
        try (JarNode node = node()) {
            inParallel(() -> {
                try (Caller caller = Caller.to(node.port())) {
                    String token = "";
                    for (int i = 0; i < CALLS_OF_ROTATION / CALLERS; i++) {
                        if (i % CALLS_WITH_ONE_TOKEN == 0) {
                            token = keycloak().token("services", "checkout");
                            keys.put(header(token), true);
                        }
                        statuses.merge(caller.get("/", bearer(token)).status(), 1, Integer::sum);
                        if (calls.incrementAndGet() == CALLS_OF_ROTATION / 4) {
                            keycloak().rotate("services", 200);
                        }
                    }
                }
            });

            assertThat(statuses).isEqualTo(Map.of(200, CALLS_OF_ROTATION));
            assertThat(keys).hasSize(2);
            Findings.note("keycloak: 0 of " + CALLS_OF_ROTATION + " calls refused while the realm's key changed");
        }
    }

    @Test
    @Timeout(240)
    void asksOnceForAFloodOfUnknownKeys() throws Exception {
        String token = keycloak().token("services", "checkout");
        String rest = token.substring(token.indexOf('.'));
        Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
        AtomicInteger made = new AtomicInteger();
        try (Upstream keys = publishing(keycloak().keys("services"));
                JarNode node = node("jwks-url: " + keys.url())) {
            assertThat(status(node, token)).isEqualTo(200);
            int before = keys.seen().size();
            long began = System.nanoTime();

            inParallel(() -> {
                for (int i = 0; i < CALLS_OF_FLOOD / CALLERS; i++) {
                    String forged = headerOf("flood-" + made.incrementAndGet()) + rest;
                    statuses.merge(status(node, forged), 1, Integer::sum);
                }
            });

            long halfMinutes = Duration.ofNanos(System.nanoTime() - began).toSeconds() / 30;
            assertThat(keys.seen().size() - before).isBetween(1, 1 + (int) halfMinutes);
            assertThat(statuses).containsOnlyKeys(401);
            assertThat(status(node, token)).isEqualTo(200);
            Findings.note("keycloak: " + CALLS_OF_FLOOD + " unknown keys led to "
                    + (keys.seen().size() - before) + " fetch");
        }
    }

    private static Upstream publishing(String keys) {
        return new Upstream((head, content, out) -> {
            content.transferTo(OutputStream.nullOutputStream());
            Upstream.write(out, "Content-Type: application/json\r\n", keys);
        });
    }

    private static String header(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    private static String headerOf(String key) {
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + key + "\"}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    @Timeout(120)
    void goesOnWithGoodTokensWhenKeycloakIsGone() throws IOException {
        try (JarNode node = node("keys-refresh: 10s");
                Caller caller = Caller.to(node.port())) {
            String known = keycloak().token("services", "checkout");
            String fresh = keycloak().token("services", "checkout");
            assertThat(caller.get("/", bearer(known)).status()).isEqualTo(200);

            keycloak().close();

            await().atMost(LIMIT).until(() -> node.stderr().contains("cannot be fetched"));
            assertThat(caller.get("/", bearer(known)).status()).isEqualTo(200);
            assertThat(caller.get("/", bearer(fresh)).status()).isEqualTo(200);
        }
    }

    /** What each of several callers does, at the same time. */
    private interface Doing {
        void run() throws Exception;
    }

    private static void inParallel(Doing doing) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, CALLERS)
                    .<Future<?>>mapToObj(_ -> threads.submit(() -> {
                        doing.run();
                        return null;
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
