// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A target that is told who calls, through a whole node. */
@Timeout(60)
class ToldTargetTest {
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final Pattern FIELD = Pattern.compile("(?im)^hansard[-_.]identity: *(\\S+)\r?$");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private RunningNode node(int upstream, boolean told) throws IOException {
        return RunningNode.configured(folder, """
                version: 1
                listeners: { default: { address: '127.0.0.1:0', identity: [anyone] } }
                admin: { address: '127.0.0.1:0' }
                identity: { providers: { anyone: { type: anonymous, subject: someone, groups: [shop] } } }
                services:
                  test:
                    upstream: 'http://127.0.0.1:%d'
                    match: [{ path-prefix: / }]
                    identity-header: %s
                storage: { data-dir: data }
                """.formatted(upstream, told));
    }

    private HttpResponse<String> send(RunningNode node, String method, String path, String... fields)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> told(String request) {
        return FIELD.matcher(request).results().map(found -> found.group(1)).toList();
    }

    private static JsonNode claims(String jws) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(jws.split("\\.", -1)[1]));
    }

    @Test
    void tellsTheTargetWhoCalls() throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port(), true)) {
            assertThat(send(node, "GET", "/told").statusCode()).isEqualTo(200);

            List<String> told = told(upstream.requests().getFirst());
            assertThat(told).hasSize(1);
            JsonNode claims = claims(told.getFirst());
            assertThat(claims.get("sub").asText()).isEqualTo("someone");
            assertThat(claims.get("aud").asText()).isEqualTo("test");
            assertThat(claims.get("groups").get(0).asText()).isEqualTo("shop");
            assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(60);
            assertThat(claims.get("iss").asText())
                    .isEqualTo(node.session("/told").get("node").asText());
        }
    }

    @Test
    void tellsNothingWhereItIsNotAskedTo() throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port(), false)) {
            assertThat(send(node, "GET", "/a").statusCode()).isEqualTo(200);

            assertThat(told(upstream.requests().getFirst())).isEmpty();
        }
    }

    @Test
    void letsNoCallerSpeakInItsPlace() throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port(), true)) {
            for (String name :
                    List.of("Hansard-Identity", "hansard-identity", "HANSARD.IDENTITY", "X-Hansard-Identity")) {
                assertThat(send(node, "GET", "/a", name, "forged").statusCode()).isEqualTo(200);
            }
            assertThat(send(node, "GET", "/a", "Hansard_Identity", "forged").statusCode())
                    .isEqualTo(400);

            assertThat(upstream.requests()).hasSize(4).allSatisfy(request -> {
                assertThat(told(request)).hasSize(1);
                assertThat(request).doesNotContain("forged");
            });
        }
    }

    @Test
    void publishesItsKeyOnTheListenerForReadersOnly() throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port(), true)) {
            HttpResponse<String> keys = send(node, "GET", "/.hansard/jwks");
            HttpResponse<String> head = send(node, "HEAD", "/.hansard/jwks?x");
            HttpResponse<String> post = send(node, "POST", "/.hansard/jwks");
            send(node, "GET", "/told");

            assertThat(keys.statusCode()).isEqualTo(200);
            assertThat(keys.headers().firstValue("Content-Type")).contains("application/jwk-set+json");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Length"))
                    .contains(Integer.toString(keys.body().length()));
            assertThat(post.statusCode()).isEqualTo(405);
            assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
            assertThat(upstream.requests()).hasSize(1);
            String header = told(upstream.requests().getFirst()).getFirst().split("\\.", -1)[0];
            JsonNode kid = JSON.readTree(Base64.getUrlDecoder().decode(header)).get("kid");
            assertThat(JSON.readTree(keys.body()).at("/keys/0/kid")).isEqualTo(kid);
        }
    }

    @Test
    void keepsItsKeyForItself() throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port(), true)) {
            assertThat(node.port()).isPositive();

            Path key = folder.resolve("data/identity.key");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void recordsThatTheTargetWasToldButNotTheStatement() throws Exception {
        String statement;
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = node(upstream.port(), true)) {
            send(node, "GET", "/told");
            statement = told(upstream.requests().getFirst()).getFirst();

            String signature = statement.substring(statement.lastIndexOf('.') + 1);
            assertThat(node.session("/told").toString())
                    .contains("Hansard-Identity")
                    .doesNotContain(signature);
        }
        String signature = statement.substring(statement.lastIndexOf('.') + 1);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                Matcher found = Pattern.compile(Pattern.quote(signature)).matcher(content);
                assertThat(found.find()).as(file.toString()).isFalse();
            }
        }
    }
}
