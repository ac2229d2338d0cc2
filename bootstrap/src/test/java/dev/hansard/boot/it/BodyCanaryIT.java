// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets in contents of all formats, there and back, with the rules that everybody has: none of them reaches a file,
 * a log or the API, also when the process is killed in between.
 */
final class BodyCanaryIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Canaries canaries = new Canaries();

    /** One content with secrets in it; one char is one byte. */
    private record Planted(String contentType, String contentEncoding, String content) {
        static Planted text(String contentType, String content) {
            return new Planted(contentType, "", bytes(content.getBytes(StandardCharsets.UTF_8)));
        }

        static String bytes(byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        String fields() {
            return "Content-Type: " + contentType + "\r\n"
                    + (contentEncoding.isEmpty() ? "" : "Content-Encoding: " + contentEncoding + "\r\n");
        }
    }

    @Test
    @Timeout(300)
    void keepsNoSecretOfAContent(@TempDir Path folder) throws Exception {
        List<Planted> contents = contents();
        try (var upstream = new Upstream((head, content, out) -> answer(contents, head, content, out));
                JarNode node = JarNode.serve(folder, upstream);
                Admin admin = Admin.of(node)) {
            callAll(node.port(), contents);

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(admin.sessions("").size()).isEqualTo(contents.size()));
            assertThatTheApiShowsNone(admin);
            assertThat(canaries.under(folder)).isEmpty();
            node.kill();
        }
        assertThat(canaries.under(folder)).isEmpty();
        try (var upstream = Upstream.echoing();
                JarNode node = JarNode.serve(folder, upstream)) {
            await().atMost(LIMIT).until(() -> !Canaries.segments(folder).isEmpty());
            node.terminate();
            node.exitCode(LIMIT);
            assertThat(canaries.in(node.stdout() + node.stderr())).isEmpty();
        }
        assertThat(canaries.under(folder)).isEmpty();
        String segments = Canaries.segments(folder);
        assertThat(segments).contains("***", "WARC/1.1");
        assertThat(canaries.in(segments)).isEmpty();
        Findings.note("body canary: " + canaries.planted() + " secrets planted in " + contents.size()
                + " contents each way, 0 found");
    }

    private List<Planted> contents() throws IOException {
        var contents = new ArrayList<>(List.of(
                Planted.text("application/json", "{\"user\":\"ada\",\"password\":\"" + canaries.next() + "\"}"),
                Planted.text("application/json", "{\"a\":[{\"API_KEY\":\"" + canaries.next() + "\"}],\"n\":1}"),
                Planted.text("application/json", "{\"\\u0070assword\":\"" + canaries.next() + "\"}"),
                Planted.text("application/json", "{\"token\":\"x\",\"token\":\"" + canaries.next() + "\"}"),
                Planted.text("application/json", "{\"in\":\"{\\\"secret\\\":\\\"" + canaries.next() + "\\\"}\"}"),
                Planted.text("application/json", "{\"form\":\"a=1&password=" + canaries.next() + "&b=2\"}"),
                Planted.text("application/json", "{\"log\":\"Authorization: Bearer " + canaries.next() + "\"}"),
                Planted.text("application/json", "{\"broken\":\"" + canaries.next() + "\",}"),
                Planted.text("text/plain", "{\"password\":\"" + canaries.next() + "\"}"),
                Planted.text("text/html", "{\"refresh_token\":\"" + canaries.next() + "\"}"),
                Planted.text("application/x-www-form-urlencoded", "a=1&password=" + canaries.next() + "&b=2"),
                Planted.text("application/x-www-form-urlencoded", "p%61ssword=" + Canaries.percent(canaries.next())),
                Planted.text("application/json", "grant_type=password&client_secret=" + canaries.next()),
                Planted.text("application/x-ndjson", "{\"a\":1}\n{\"secret\":\"" + canaries.next() + "\"}\n"),
                Planted.text("text/event-stream", "event: x\ndata: {\"token\":\"" + canaries.next() + "\"}\n\n"),
                Planted.text("text/event-stream", "data: {\"password\":\ndata: \"" + canaries.next() + "\"}\n\n"),
                Planted.text("application/xml", "<a><password>" + canaries.next() + "</password></a>"),
                Planted.text("application/soap+xml", "<s:E xmlns:s=\"u\"><s:Pin>" + canaries.next() + "</s:Pin></s:E>"),
                Planted.text("application/xml", "<a token=\"" + canaries.next() + "\"/>"),
                Planted.text("text/plain", "user=ada\npassword=" + canaries.next() + "\n"),
                Planted.text("text/plain", "api_key: " + canaries.next() + "\n"),
                Planted.text("text/plain", "see https://ada:" + canaries.next() + "@db.example/x"),
                Planted.text("text/plain", "Basic " + base64("ada:" + canaries.next())),
                Planted.text("application/octet-stream", "\u0001\u0002" + canaries.next()),
                Planted.text(
                        "multipart/form-data; boundary=BB",
                        "--BB\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n" + canaries.next()
                                + "\r\n--BB--\r\n"),
                Planted.text(
                        "multipart/mixed; boundary=BB",
                        "--BB\r\nContent-Type: application/json\r\n\r\n{\"secret\":\"" + canaries.next()
                                + "\"}\r\n--BB--\r\n")));
        contents.add(new Planted("application/json", "gzip", gzip("{\"password\":\"" + canaries.next() + "\"}")));
        contents.add(new Planted("application/json", "lzma", gzip("{\"password\":\"" + canaries.next() + "\"}")));
        byte[] utf16 = ("{\"password\":\"" + canaries.next() + "\"}").getBytes(StandardCharsets.UTF_16);
        contents.add(new Planted("application/json; charset=utf-16", "", Planted.bytes(utf16)));
        return contents;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Planted.bytes(bytes.toByteArray());
    }

    /** Gives back what it got, every third time as an error. */
    private static void answer(List<Planted> contents, Wire.Head head, InputStream content, OutputStream out)
            throws IOException {
        byte[] got = content.readAllBytes();
        int number = Integer.parseInt(head.target().substring(1));
        String status = number % 3 == 2 ? "500 Internal Server Error" : "200 OK";
        String start = "HTTP/1.1 " + status + "\r\n" + contents.get(number).fields() + "Content-Length: " + got.length
                + "\r\n\r\n";
        out.write(start.getBytes(StandardCharsets.ISO_8859_1));
        out.write(got);
        out.flush();
    }

    private static void callAll(int port, List<Planted> contents) throws IOException {
        for (int i = 0; i < contents.size(); i++) {
            Planted planted = contents.get(i);
            try (Caller caller = Caller.to(port)) {
                String content = planted.content();
                caller.write("POST /" + i + " HTTP/1.1\r\nHost: it\r\n" + planted.fields() + "Content-Length: "
                        + content.length() + "\r\n\r\n" + content);
                // The live message is never changed.
                assertThat(caller.reply().content()).isEqualTo(content);
            }
        }
    }

    private void assertThatTheApiShowsNone(Admin admin) {
        for (JsonNode row : admin.sessions("")) {
            String path = "/api/v1/sessions/" + row.get("id").asText();
            JsonNode session = admin.session(row.get("id").asText());
            for (String side : List.of("request", "response")) {
                assertThat(session.at("/" + side + "/maskStatus").asText())
                        .as("%s", session)
                        .isIn("masked", "withheld");
                assertThat(canaries.in(admin.get(path + "/" + side + "/body").body()))
                        .isEmpty();
            }
            assertThat(canaries.in(session.toString())).isEmpty();
        }
    }
}
