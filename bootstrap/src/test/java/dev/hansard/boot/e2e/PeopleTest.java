// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People and programs at the admin plane of a whole node, from the first key to the last. */
class PeopleTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String ROLES = """
              roles:
                admin: { groups: [admins] }
                auditor: { groups: [auditors] }
                reviewer: { groups: [leads], services: [payments] }
                viewer: { groups: [devs], services: [payments] }
            """;

    @TempDir
    private Path folder = Path.of("");

    private final ScriptedUpstream upstream =
            ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    private final List<String> keys = new ArrayList<>();
    private final StringBuilder shown = new StringBuilder();

    @AfterEach
    void keepsNoKeyInAnyFile() throws IOException {
        upstream.close();
        assertThat(keys).isNotEmpty();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(keys).as(file.toString()).noneMatch(key -> content.contains(secret(key)));
            }
        }
        assertThat(keys).noneMatch(key -> shown.indexOf(secret(key)) >= 0);
    }

    /** The part of a key that nobody else knows. */
    private static String secret(String key) {
        return key.substring(key.lastIndexOf('_') + 1);
    }

    private ConfiguredNode start(boolean isClosed) {
        return ConfiguredNode.start(
                folder, """
                version: 1
                listeners: { edge: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0"%s }
                storage: { data-dir: data }
                audit: { read-reason: required }
                identity:
                  providers: { keys: { type: api-key } }
                %s
                services: { payments: "http://127.0.0.1:%d", ledger: "http://127.0.0.1:%d" }
                """.formatted(isClosed ? ", identity: [keys]" : "", ROLES, upstream.port(), upstream.port()));
    }

    private String create(ConfiguredNode node, String token, String name, String group) {
        Screen screen = node.run(token, "keys", "create", name, "--group", group);
        String key = screen.out().strip();
        assertThat(key).as(screen.err()).startsWith("hsk_");
        keys.add(key);
        return key;
    }

    private Screen run(ConfiguredNode node, String token, String... arguments) {
        Screen screen = node.run(token, arguments);
        shown.append(screen.out()).append(screen.err());
        return screen;
    }

    private void call(ConfiguredNode node, String service) throws IOException {
        try (RawClient caller = node.caller("edge")) {
            caller.send("GET /" + service + "/x HTTP/1.1\r\nHost: it\r\n\r\n").readResponse();
        }
    }

    private static String idOf(ConfiguredNode node, String token, String service) {
        await().atMost(LIMIT).until(() -> items(node, token).size() == 2);
        return items(node, token).stream()
                .filter(item -> Json.text(item, "service").equals(service))
                .map(item -> Json.text(item, "id"))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> items(ConfiguredNode node, String token) {
        return items(node.get(token, "/api/v1/sessions"));
    }

    private static List<JsonNode> items(HttpResponse<String> answer) {
        try {
            List<JsonNode> items = new ArrayList<>();
            Json.parse(answer.body().getBytes(StandardCharsets.UTF_8))
                    .path("items")
                    .forEach(items::add);
            return items;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String firstKey() {
        try (ConfiguredNode open = start(false)) {
            assertThat(run(open, "", "whoami", "-o", "id").out()).isEqualTo("local/local\n");
            return create(open, "", "root", "admins");
        }
    }

    @Test
    void isClosedToAllButThoseWithAKeyOnceThereIsOne() {
        String root = firstKey();
        try (ConfiguredNode node = start(true)) {
            assertThat(node.get("", "/api/v1/sessions").statusCode()).isEqualTo(401);
            assertThat(node.get("hsk_x", "/api/v1/sessions").statusCode()).isEqualTo(401);
            assertThat(node.get("", "/readyz").statusCode()).isEqualTo(200);
            assertThat(run(node, "", "keys", "ls").err()).contains("(unauthenticated)", "hansard login");
            assertThat(run(node, root, "whoami").out())
                    .contains("keys/key:root", "groups: admins", "manage-keys")
                    .doesNotContain("payments");
        }
    }

    @Test
    void showsEachOneWhatTheirRolesGiveAndNothingElse() throws IOException {
        String root = firstKey();
        try (ConfiguredNode node = start(true)) {
            String viewer = create(node, root, "dev", "devs");
            String reviewer = create(node, root, "lead", "leads");
            String auditor = create(node, root, "auditor", "auditors");
            String nobody = create(node, root, "nobody", "others");
            call(node, "payments");
            call(node, "ledger");
            String payment = "/api/v1/sessions/" + idOf(node, auditor, "payments");
            String entry = "/api/v1/sessions/" + idOf(node, auditor, "ledger");
            String body = "/response/body";
            String[] why = {"Hansard-Reason", "ticket 42"};

            assertThat(items(node, viewer)).hasSize(1);
            assertThat(items(node, reviewer)).hasSize(1);
            assertThat(node.get(viewer, payment).statusCode()).isEqualTo(200);
            assertThat(node.get(viewer, entry).statusCode()).isEqualTo(404);
            assertThat(node.get(viewer, payment + body, why).statusCode()).isEqualTo(403);
            assertThat(node.get(reviewer, payment + body).body()).contains("reason_required");
            assertThat(node.get(reviewer, payment + body, why).body()).isEqualTo("ok");
            assertThat(node.get(reviewer, entry + body, why).statusCode()).isEqualTo(404);
            assertThat(node.get(auditor, entry + body, why).body()).isEqualTo("ok");
            assertThat(node.get(reviewer, "/api/v1/audit").statusCode()).isEqualTo(403);
            assertThat(node.get(auditor, "/api/v1/keys").statusCode()).isEqualTo(403);
            assertThat(node.get(nobody, "/api/v1/me").body()).contains("no_role");
            assertThat(items(node.get(auditor, "/api/v1/audit?limit=1000")))
                    .filteredOn(item -> Json.text(item, "action").equals("payload_read"))
                    .extracting(item -> Json.text(item, "actor") + " " + Json.text(item, "reason"))
                    .containsExactly("key:auditor ticket 42", "key:lead ticket 42");
            assertThat(run(node, auditor, "audit", "ls", "-o", "json").out()).contains("key_created", "not_allowed");
        }
    }

    @Test
    void refusesAKeyFromTheMomentThatItIsRevoked() throws IOException {
        String root = firstKey();
        try (ConfiguredNode node = start(true)) {
            String key = create(node, root, "auditor", "auditors");
            HttpResponse<String> before = node.get(key, "/api/v1/me");
            String id = id(key);

            Screen revoked = run(node, root, "keys", "revoke", id);

            assertThat(before.statusCode()).isEqualTo(200);
            assertThat(revoked.out()).isEqualTo(id + "\n");
            assertThat(node.get(key, "/api/v1/me").statusCode()).isEqualTo(401);
            assertThat(run(node, key, "whoami").err()).contains("invalid_token", "revoked");
            assertThat(run(node, root, "keys", "ls").out()).contains("auditor", id);
        }
        try (ConfiguredNode again = start(true)) {
            assertThat(run(again, keys.getLast(), "whoami").out()).isEmpty();
            assertThat(run(again, root, "audit", "ls").out()).contains("key_revoked", id(keys.getLast()));
        }
    }

    @Test
    void writesDownItsLifeAndWhoCameAndWhoWasRefused() {
        String root = firstKey();
        try (ConfiguredNode node = start(true)) {
            for (int i = 0; i < 30; i++) {
                node.get("hsk_x", "/api/v1/me");
                node.get(root, "/api/v1/me");
            }
        }
        try (ConfiguredNode again = start(true)) {
            List<String> actions = items(again.get(root, "/api/v1/audit?after=3&limit=1000")).stream()
                    .map(item -> Json.text(item, "action") + " " + Json.text(item, "object"))
                    .map(text -> text.replaceAll("node-[0-9a-f]+ .*", "NODE").replaceAll("[0-9a-f]{16}", "DIGEST"))
                    .toList();

            assertThat(actions)
                    .containsExactly(
                            "node_stopped NODE",
                            "node_started NODE",
                            "configuration_loaded digest DIGEST",
                            "signed_in as admin",
                            "refused admin: malformed_key, 30 times",
                            "node_stopped NODE",
                            "node_started NODE",
                            "configuration_loaded digest DIGEST",
                            "signed_in as admin");
        }
    }

    private static String id(String key) {
        return key.split("_", -1)[1];
    }

    @Test
    void endsATailSoonAfterItsKeyIsRevoked() throws Exception {
        String root = firstKey();
        try (ConfiguredNode node = start(true)) {
            String key = create(node, root, "dev", "devs");
            var tail = new Thread(() -> run(node, key, "sessions", "tail"));
            tail.start();
            await().atMost(LIMIT)
                    .until(() ->
                            tail.getState() == Thread.State.WAITING || tail.getState() == Thread.State.TIMED_WAITING);

            run(node, root, "keys", "revoke", id(key));

            assertThat(tail.join(Duration.ofSeconds(20))).isTrue();
            assertThat(shown).contains("(invalid_token)");
        }
    }
}
