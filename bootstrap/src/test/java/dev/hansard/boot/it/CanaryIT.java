// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in every place where messages carry them: callers and upstream see them, disk, logs and API never do. */
final class CanaryIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Canaries canaries = new Canaries();
    private final List<String> responseFields = List.of(
            "Set-Cookie: sid=" + canaries.next() + "; HttpOnly",
            "Set-Cookie: remember=" + canaries.next(),
            "Location: https://app.example/callback?code=" + canaries.next() + "&state=1",
            "X-Auth-Token: " + canaries.next(),
            "Refresh: 5; url=https://app.example/?access_token=" + canaries.next(),
            "Link: <https://api.example/next?api_key=" + canaries.next() + ">; rel=next");

    @Test
    @Timeout(300)
    void keepsNoSecretOnDiskInLogsOrInAnswersOfTheApi(@TempDir Path folder) throws Exception {
        String said;
        try (var upstream = new Upstream(this::answer);
                JarNode node = JarNode.serve(folder, upstream);
                Admin admin = Admin.of(node)) {
            List<String> fields = requestFields();
            List<String> targets = targets();
            callAll(node.port(), targets, fields);
            int answered = targets.size() + fields.size();
            callBadly(node.port());

            // Callers and upstream have got what was theirs.
            assertThat(upstream.seen().stream()
                            .map(head -> head.line() + head.fields())
                            .filter(text -> !canaries.in(text).isEmpty())
                            .count())
                    .isGreaterThanOrEqualTo(answered - 1);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(admin.sessions("").size()).isGreaterThanOrEqualTo(answered + 1));
            assertThatTheApiShowsNone(admin);
            assertThat(cli(folder, node, admin))
                    .satisfies(text -> assertThat(canaries.in(text)).isEmpty());
            node.terminate();
            node.exitCode(LIMIT);
            said = node.stdout() + node.stderr();
        }
        assertThat(canaries.in(said)).isEmpty();
        assertThat(canaries.under(folder)).isEmpty();
        sealAll(folder);
        assertThat(canaries.under(folder)).isEmpty();
        String segments = Canaries.segments(folder);
        assertThat(segments).contains("access_token=***", "Set-Cookie: ", "WARC/1.1");
        assertThat(canaries.in(segments)).isEmpty();
        Findings.note("canary: " + canaries.planted() + " secrets planted, 0 found on disk, in logs or in the API");
    }

    private void answer(Wire.Head head, InputStream content, OutputStream out) throws IOException {
        content.transferTo(OutputStream.nullOutputStream());
        if (head.target().startsWith("/cut")) {
            out.write(("HTTP/1.1 200 OK\r\nSet-Cookie: a=" + canaries.next() + "\r\nContent-Length: 50\r\n\r\nhalf")
                    .getBytes(StandardCharsets.ISO_8859_1));
            throw new EOFException("as scripted");
        }
        if (head.target().startsWith("/garbage")) {
            out.write(("HTTP/1.1 200 OK\r\nSet-Cookie : a=" + canaries.next() + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            throw new EOFException("as scripted");
        }
        Upstream.write(out, String.join("\r\n", responseFields) + "\r\n", "ok");
    }

    private List<String> requestFields() {
        return List.of(
                "Authorization: Bearer " + canaries.next(),
                "Authorization: Basic " + base64("user:" + canaries.next()),
                "Authorization: Digest username=\"u\", response=\"" + canaries.next() + "\"",
                "authorization: " + canaries.next(),
                "Cookie: sid=" + canaries.next() + "; theme=dark; csrf=" + canaries.next(),
                "X-Api-Key: " + canaries.next(),
                "Api-Key: " + canaries.next(),
                "X-Auth-Token: " + canaries.next(),
                "X-Access-Token: " + canaries.next(),
                "X-Amz-Security-Token: " + canaries.next(),
                "X-Vault-Token: " + canaries.next(),
                "X-Goog-Api-Key: " + canaries.next(),
                "X-CSRF-Token: " + canaries.next(),
                "Proxy-Authorization: Basic " + base64("p:" + canaries.next()),
                "Referer: https://app.example/?access_token=" + canaries.next(),
                "Referer: https://user:" + canaries.next() + "@app.example/");
    }

    private List<String> targets() {
        return List.of(
                "/q?access_token=" + canaries.next() + "&page=2",
                "/q?page=2&api_key=" + canaries.next(),
                "/q?client_secret=" + Canaries.percent(canaries.next()),
                "/q?%61ccess_token=" + canaries.next(),
                "/q?password=" + canaries.next(),
                "/q?X-Amz-Signature=" + canaries.next(),
                "/q?next=https%3A%2F%2Fapp.example%2F%3Ftoken%3D" + canaries.next());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void callAll(int port, List<String> targets, List<String> fields) throws IOException {
        for (String target : targets) {
            try (Caller caller = Caller.to(port)) {
                assertThat(caller.get(target).head().fields())
                        .anyMatch(field -> field.startsWith("Set-Cookie: sid=Xq7"));
            }
        }
        for (String field : fields) {
            try (Caller caller = Caller.to(port)) {
                assertThat(caller.get("/field", field).status()).as(field).isEqualTo(200);
            }
        }
    }

    /** What goes wrong must not be told in more detail than what goes well. */
    private void callBadly(int port) {
        List<String> heads = List.of(
                "GET /cut?access_token=" + canaries.next() + " HTTP/1.1\r\nHost: it\r\n",
                "GET /garbage?access_token=" + canaries.next() + " HTTP/1.1\r\nHost: it\r\n",
                "GET /x HTTP/1.1\r\nHost: it\r\nAuthorization : Bearer " + canaries.next() + "\r\n",
                "GET /x HTTP/1.1\r\nHost: it\r\nHost: it2\r\nCookie: a=" + canaries.next() + "\r\n",
                "GET /%zz?access_token=" + canaries.next() + " HTTP/1.1\r\nHost: it\r\n",
                "TRACE /x HTTP/1.1\r\nHost: it\r\nX-Api-Key: " + canaries.next() + "\r\n",
                "GET /x HTTP/1.1\r\nHost: it\r\nContent-Length: z\r\nX-Api-Key: " + canaries.next() + "\r\n");
        for (String head : heads) {
            try (Caller caller = Caller.to(port)) {
                caller.write(head + "\r\n");
                caller.reply();
            } catch (IOException _) {
                // Cut, as an answer of that kind may be.
            }
        }
    }

    private void assertThatTheApiShowsNone(Admin admin) {
        List<String> shown = new ArrayList<>();
        for (JsonNode row : admin.sessions("")) {
            shown.add(row.toString());
            shown.add(admin.get("/api/v1/sessions/" + row.get("id").asText()).body());
        }
        assertThat(shown).allSatisfy(text -> assertThat(canaries.in(text)).isEmpty());
        assertThat(shown).anySatisfy(text -> assertThat(text).contains("access_token=***"));
    }

    /** As a person reads it. */
    private static String cli(Path folder, JarNode node, Admin admin) {
        String id = admin.sessions("path:/q").getFirst().get("id").asText();
        try (JarNode show = JarNode.launch(
                folder,
                List.of(
                        JarNode.tool("java"),
                        "-jar",
                        JarNode.jar().toString(),
                        "sessions",
                        "show",
                        id,
                        "-o",
                        "json",
                        "--admin",
                        "http://127.0.0.1:" + node.adminPort()))) {
            assertThat(show.exitCode(LIMIT)).as(show.stderr()).isZero();
            assertThat(show.stdout()).contains(id, "***");
            return show.stdout();
        }
    }

    /** A restart closes the spool's files, so that they become segments. */
    private static void sealAll(Path folder) throws IOException {
        try (var upstream = Upstream.echoing();
                JarNode node = JarNode.serve(folder, upstream)) {
            await().atMost(LIMIT).until(() -> holdsSegments(folder));
            node.terminate();
            node.exitCode(LIMIT);
        }
    }

    private static boolean holdsSegments(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data").resolve("payloads"))) {
            return files.anyMatch(file -> file.toString().endsWith(".warc.zst"));
        }
    }
}
