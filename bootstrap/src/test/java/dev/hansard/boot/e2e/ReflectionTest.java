// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A target that repeats the credential in every way: the caller gets none of it, and neither does any file. */
@Timeout(180)
class ReflectionTest {
    private static final String VALUE = "Xq7cAn\"rY<v>&+wHeReItS";
    private static final String MARK = "after the value";

    @TempDir
    Path folder;

    private ScriptedUpstream target;
    private volatile List<byte[]> chunks = List.of();
    private volatile String head = "";
    private volatile String trailers = "";

    @BeforeEach
    void startTarget() {
        target = ScriptedUpstream.with(this::answer);
    }

    @AfterEach
    void stopTarget() {
        target.close();
    }

    private boolean answer(String request, OutputStream out, Socket socket) throws IOException {
        ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + head + "\r\n");
        for (byte[] chunk : chunks) {
            if (chunk.length > 0) {
                ScriptedUpstream.write(out, Integer.toHexString(chunk.length) + "\r\n");
                out.write(chunk);
                ScriptedUpstream.write(out, "\r\n");
            }
        }
        ScriptedUpstream.write(out, "0\r\n" + trailers + "\r\n");
        return true;
    }

    private RunningNode node(String onReflection) throws IOException {
        Files.writeString(folder.resolve("key"), VALUE);
        return RunningNode.configured(folder, """
                version: 1
                listeners: { default: { address: "127.0.0.1:0" } }
                admin: { address: "127.0.0.1:0" }
                storage: { data-dir: data }
                services:
                  shop:
                    upstream: http://127.0.0.1:%d
                    match: [{ path-prefix: / }]
                    credentials: [{ type: header, name: X-Api-Key, value: "${file:key}" }]
                    on-reflection: %s
                """.formatted(target.port(), onReflection));
    }

    private static String get(RunningNode node, String path) throws IOException {
        try (RawClient caller = node.caller()) {
            caller.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: TE, close\r\n\r\n");
            return caller.readToEnd();
        }
    }

    private static Map<String, String> spellings() {
        byte[] octets = VALUE.getBytes(StandardCharsets.US_ASCII);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("raw", VALUE);
        all.put("base64", Base64.getEncoder().encodeToString(octets));
        all.put("base64url", Base64.getUrlEncoder().encodeToString(("a:" + VALUE).getBytes(StandardCharsets.US_ASCII)));
        all.put("percent", HexFormat.of().withPrefix("%").formatHex(octets));
        all.put("json", VALUE.replace("\"", "\\\""));
        all.put(
                "html",
                VALUE.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&#34;"));
        all.put("hex", HexFormat.of().formatHex(octets));
        all.put("HEX", HexFormat.of().withUpperCase().formatHex(octets));
        return all;
    }

    private static byte[] gzip(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void cut(byte[] content, int at) {
        chunks = List.of(Arrays.copyOfRange(content, 0, at), Arrays.copyOfRange(content, at, content.length));
    }

    @Test
    void keepsEverySpellingFromTheCallerWhereverItIsCutAndFromEveryFile() throws IOException {
        var leaks = new ArrayList<String>();
        int calls = 0;
        try (RunningNode node = node("block")) {
            for (Map.Entry<String, String> spelling : spellings().entrySet()) {
                String text = "you sent " + spelling.getValue() + MARK;
                byte[] plain = text.getBytes(StandardCharsets.US_ASCII);
                for (boolean isPlain : List.of(true, false)) {
                    byte[] content = isPlain ? plain : gzip(plain);
                    head = isPlain ? "" : "Content-Encoding: gzip\r\n";
                    for (int at = 0; at <= content.length; at++) {
                        cut(content, at);
                        String answer = get(node, "/" + calls++);
                        if (isLeak(answer, spelling.getValue())) {
                            leaks.add(spelling.getKey() + " cut at " + at + ": " + answer);
                        }
                    }
                }
            }
            JsonNode last = node.session("/" + (calls - 1));
            assertThat(last.get("code").asText()).isEqualTo("credential_reflected");
            assertThat(last.at("/credential/name").asText()).isEqualTo("shop-header");
        }

        assertThat(leaks).isEmpty();
        assertThat(calls).isGreaterThan(700);
        Path data = folder.resolve("data");
        assertThat(WrittenBytes.found(data, List.of("credential_reflected"))).hasSize(1);
        assertThat(WrittenBytes.found(data, spellings().values())).isEmpty();
    }

    /** What had not begun has another answer; what had has no end, and nothing of the value but two characters. */
    private static boolean isLeak(String answer, String spelling) {
        boolean isRefused = answer.startsWith("HTTP/1.1 502") && answer.contains("credential_reflected");
        boolean isBrokenOff = answer.startsWith("HTTP/1.1 200")
                && !answer.endsWith("0\r\n\r\n")
                && !answer.contains(MARK)
                && !answer.contains(spelling.substring(spelling.length() / 2))
                && !answer.contains(spelling.substring(0, 6));
        return !isRefused && !isBrokenOff;
    }

    @Test
    void breaksOffWhatHasBegunAndSaysWhyOnRecord() throws IOException {
        try (RunningNode node = node("block")) {
            byte[] much = "x".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
            chunks = List.of(much, VALUE.getBytes(StandardCharsets.US_ASCII), MARK.getBytes(StandardCharsets.US_ASCII));

            String answer = get(node, "/late");

            assertThat(answer).startsWith("HTTP/1.1 200").doesNotContain("Xq7", MARK, "\r\n0\r\n");
            JsonNode session = node.session("/late");
            assertThat(session.get("state").asText()).isEqualTo("incomplete");
            assertThat(session.get("code").asText()).isEqualTo("credential_reflected");
        }
    }

    @Test
    void blocksAValueInTheHeadTheReasonAndATrailer() throws IOException {
        try (RunningNode node = node("block")) {
            head = "WWW-Authenticate: Key realm=\"" + VALUE.replace("\"", "%22") + "\"\r\n";
            String inHead = get(node, "/head");
            head = "Location: /login?key=" + spellings().get("percent") + "\r\n";
            String inLocation = get(node, "/location");
            head = "";
            trailers = "Debug: " + VALUE + "\r\n";
            String inTrailer = get(node, "/trailer");

            assertThat(List.of(inHead, inLocation))
                    .allMatch(answer -> answer.startsWith("HTTP/1.1 502") && answer.contains("credential_reflected"))
                    .noneMatch(answer -> answer.contains("Xq7"));
            // Its head may have gone out before the trailers came in.
            assertThat(isLeak(inTrailer, VALUE)).isFalse();
        }
    }

    @Test
    void coversTheValueInTextWhereThatIsAskedFor() throws IOException {
        try (RunningNode node = node("redact")) {
            head = "Content-Type: text/plain\r\nDebug: key=" + VALUE + ";\r\n";
            trailers = "Debug: " + VALUE + "\r\n";
            cut(("you sent " + VALUE + MARK).getBytes(StandardCharsets.US_ASCII), 17);

            String answer = get(node, "/text");

            String stars = "*".repeat(VALUE.length());
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains("Debug: key=" + stars + ";")
                    .contains("you sent ")
                    .contains(MARK)
                    .doesNotContain("Xq7", "wHeReItS")
                    .endsWith("0\r\n\r\n");
            JsonNode session = node.session("/text");
            assertThat(session.get("state").asText()).isEqualTo("complete");
            assertThat(session.toString()).doesNotContain("Xq7", "wHeReItS");
        }
    }

    @Test
    void looksIntoZstdAndAsksForNoBrotli() throws IOException {
        try (RunningNode node = node("block")) {
            head = "Content-Encoding: zstd\r\n";
            byte[] content = Zstd.compress(("you sent " + VALUE).getBytes(StandardCharsets.US_ASCII));
            cut(content, content.length / 2);

            String answer;
            try (RawClient caller = node.caller()) {
                caller.send("""
                        GET /z HTTP/1.1
                        Host: a
                        Accept-Encoding: gzip, br;q=1, zstd
                        Connection: close

                        """.replace("\n", "\r\n"));
                answer = caller.readToEnd();
            }

            assertThat(answer).startsWith("HTTP/1.1 502").contains("credential_reflected");
            assertThat(target.requests().getLast()).contains("Accept-Encoding: gzip, zstd\r\n");
        }
    }

    @Test
    void passesEveryEventOfAStreamAtOnce() throws Exception {
        var events = new java.util.concurrent.SynchronousQueue<String>();
        try (var streaming = ScriptedUpstream.with((request, out, socket) -> {
                    ScriptedUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
                    try {
                        for (String event = events.take(); !event.isEmpty(); event = events.take()) {
                            ScriptedUpstream.write(out, event);
                        }
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                    return false;
                });
                RunningNode node = streaming(streaming);
                RawClient caller = node.caller()) {
            caller.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                String event = "data: " + i + " X\n\n";
                events.put(event);
                if (i == 0) {
                    assertThat(caller.readHead()).startsWith("HTTP/1.1 200");
                }
                String size = Integer.toHexString(event.length());
                assertThat(caller.read(size.length() + 2 + event.length() + 2))
                        .isEqualTo(size + "\r\n" + event + "\r\n");
            }
            events.put("");
        }
    }

    private RunningNode streaming(ScriptedUpstream upstream) throws IOException {
        ScriptedUpstream idle = target;
        target = upstream;
        try {
            return node("block");
        } finally {
            target = idle;
        }
    }

    @Test
    void masksTheValueOnRecordWhereTheCallerHappensToSendIt() throws IOException {
        try (RunningNode node = node("block")) {
            chunks = List.of("fine".getBytes(StandardCharsets.US_ASCII));
            try (RawClient caller = node.caller()) {
                caller.send("POST /mine HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nMine: " + VALUE
                        + "\r\nContent-Length: " + VALUE.length() + "\r\nConnection: close\r\n\r\n" + VALUE);
                assertThat(caller.readToEnd()).startsWith("HTTP/1.1 200");
            }
            String id = node.session("/mine").get("id").asText();

            String content = await().atMost(Duration.ofSeconds(5))
                    .until(
                            () -> node.admin("/api/v1/sessions/" + id + "/request/body")
                                    .body(),
                            b -> !b.isEmpty());

            assertThat(content).isEqualTo("***");
            assertThat(node.session("/mine").toString())
                    .doesNotContain("Xq7cAn")
                    .contains("always:credential");
        }
        assertThat(WrittenBytes.found(folder.resolve("data"), List.of(VALUE))).isEmpty();
    }
}
