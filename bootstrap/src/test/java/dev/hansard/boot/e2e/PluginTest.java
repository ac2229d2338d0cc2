// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.plugins.ExtendPage;
import dev.hansard.boot.plugins.PluginJars;
import dev.hansard.boot.wiring.NodeStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider that docs/extend/identity-provider.md shows, as somebody would make it who reads that. */
class PluginTest {
    private static final String FACTORY = "com.acme.hansard.AcmeHmac";
    private static final String SECRET = "a-secret-of-billing";
    private static final ExtendPage PAGE = ExtendPage.of("identity-provider.md");

    @TempDir
    private Path folder = Path.of("");

    private final ScriptedUpstream upstream = ScriptedUpstream.with((request, out, _) -> {
        // A target that gives the proof back must not bring it into the record either.
        ScriptedUpstream.write(
                out, "HTTP/1.1 200 OK\r\nX-Acme-Signature: echoed-canary\r\nContent-Length: 2\r\n\r\nok");
        return true;
    });

    @AfterEach
    void stop() {
        upstream.close();
    }

    private void install(String source) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginJars.of(plugins.resolve("acme-identity.jar"), FACTORY, source);
    }

    private ConfiguredNode start(String service, String more) {
        String written = PAGE.block("yaml")
                        .replace("127.0.0.1:8080", "\"127.0.0.1:0\"")
                        .replace(
                                "http://localhost:9001",
                                "{ upstream: \"http://127.0.0.1:" + upstream.port() + "\"" + service + " }")
                + "admin: { address: \"127.0.0.1:0\" }\nstorage: { data-dir: data }\n" + more;
        return ConfiguredNode.start(folder, written, Map.of("ACME_BILLING", SECRET));
    }

    private static String signature(String target, long time) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signed = "GET\npayments\n" + target + "\n" + time;
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String call(ConfiguredNode node, String target, String fields) throws IOException {
        try (RawClient caller = node.caller("edge")) {
            return caller.send("GET " + target + " HTTP/1.1\r\nHost: payments\r\n" + fields + "\r\n")
                    .readResponse();
        }
    }

    @Test
    void recognisesCallersAndKeepsTheirProofOutOfTheRecord() throws IOException {
        install(PAGE.block("java"));
        long now = Instant.now().getEpochSecond();
        String good = signature("/orders", now);
        String field = "X-Acme-Signature: billing " + now + " ";
        try (ConfiguredNode node = start("", "masking: { defaults: false }\n")) {
            assertThat(call(node, "/orders", field + good + "\r\n")).startsWith("HTTP/1.1 200");
            assertThat(call(node, "/other", field + good + "\r\n")).contains("401", "Acme-HMAC", "invalid_token");
            assertThat(call(node, "/orders", "")).contains("401", "unauthenticated", "Acme-HMAC");

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> node.get("", "/api/v1/sessions").body().contains("\"state\":\"complete\""));
            Screen ids = node.run("", "sessions", "ls", "-o", "id", "status:200");
            String session =
                    node.get("", "/api/v1/sessions/" + ids.out().strip()).body();
            assertThat(session)
                    .contains("\"provider\":\"ours\",\"subject\":\"billing\"", "[\"X-Acme-Signature\",\"***\"]")
                    .doesNotContain(good, "echoed-canary");
            assertThat(upstream.requests()).hasSize(1).first().asString().doesNotContain(good, "Acme");
        }
        assertThat(filesWith(good)).isEmpty();
        assertThat(filesWith("echoed-canary")).isEmpty();
    }

    private Stream<Path> filesWith(String canary) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(Files::isRegularFile).filter(file -> holds(file, canary)).toList().stream();
        }
    }

    private static boolean holds(Path file, String canary) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(canary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void letsNoRuleShowAPartOfAProof() throws IOException {
        install(PAGE.block("java"));
        long now = Instant.now().getEpochSecond();
        String good = signature("/orders", now);
        String rule = """
                masking:
                  rules: { tail: { headers: [X-Acme-Signature], action: keep-last, keep-last: 8 } }
                """;
        try (ConfiguredNode node = start(", masking: [tail]", rule)) {
            call(node, "/orders", "X-Acme-Signature: billing " + now + " " + good + "\r\n");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> node.get("", "/api/v1/sessions").body().contains("\"state\":\"complete\""));
            Screen show = node.run(
                    "",
                    "sessions",
                    "show",
                    "-o",
                    "json",
                    node.run("", "sessions", "ls", "-o", "id").out().strip());

            assertThat(show.out()).contains("***").doesNotContain(good.substring(good.length() - 8));
        }
    }

    @Test
    void saysWhatIsWrongWithABrokenJar() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(plugins.resolve("acme-identity.jar"), "no jar");
        Screen screen = Screen.piped(Map.of("ACME_BILLING", SECRET));
        Path file = Files.writeString(folder.resolve("hansard.yaml"), PAGE.block("yaml"));

        assertThat(screen.run("config", "validate", file.toString())).isEqualTo(2);

        assertThat(screen.err()).contains("hansard.yaml:7:", "type must be one of", "acme-identity.jar");
    }

    @Test
    void saysWhichPluginCannotMakeItsProvider() throws IOException {
        install(PAGE.block("java")
                .replace("Options written =", "if (true) throw new NullPointerException();\nOptions written ="));
        Screen screen = Screen.piped(Map.of("ACME_BILLING", SECRET));
        Path file = Files.writeString(folder.resolve("hansard.yaml"), PAGE.block("yaml"));

        assertThat(screen.run("config", "validate", file.toString())).isEqualTo(2);

        assertThat(screen.err())
                .contains(
                        "identity.providers.ours cannot be made: type 'acme-hmac' failed with"
                                + " java.lang.NullPointerException",
                        "acme-identity.jar");
    }

    @Test
    void doesNotStartWithoutAProviderThatDoesNot() throws IOException {
        String failing = "public void start() { throw new IllegalStateException(\"" + SECRET + "\"); }\n";
        install(PAGE.block("java")
                .replace(
                        "        @Override\n        public List<String> challenges",
                        failing + "        @Override\n        public List<String> challenges"));

        NodeStartException failure = catchThrowableOfType(
                NodeStartException.class, () -> start("", "").close());

        assertThat(failure)
                .hasMessageContaining("identity provider ours of type acme-hmac from ")
                .hasMessageContaining("did not start: java.lang.IllegalStateException")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void takesTheLineOfTheContract() throws IOException {
        install(PAGE.block("java"));
        String line = "identity: { providers: { ours: { type: acme-hmac, header: X-Acme-Signature } } }";

        Throwable refused = catchThrowableOfType(
                CommandFailedException.class,
                () -> ConfiguredNode.start(folder, """
                                version: 1
                                listeners: { edge: { address: "127.0.0.1:0", identity: [ours] } }
                                admin: { address: "127.0.0.1:0" }
                                storage: { data-dir: data }
                                %s
                                services: { payments: http://localhost:9001 }
                                """.formatted(line)).close());

        assertThat(refused).isNull();
    }
}
