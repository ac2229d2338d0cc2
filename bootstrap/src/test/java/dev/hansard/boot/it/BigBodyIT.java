// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Contents far larger than the heap, and a caller that reads a small one slowly meanwhile. */
final class BigBodyIT {
    private static final long BYTES = JarNode.figure("big.mib", 2048) * 1024L * 1024;
    private static final int CHUNK = 256 * 1024;
    private static final int SLOW_BYTES = 12 * 1024;
    private static final int SLOW_STEP = 1024;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final byte[] pattern = new byte[CHUNK];
    private final CompletableFuture<String> received = new CompletableFuture<>();
    private final CompletableFuture<String> sent = new CompletableFuture<>();

    BigBodyIT() {
        new Random(7).nextBytes(pattern);
    }

    @Test
    @Timeout(480)
    void carriesMoreThanItHoldsBothWaysWhileASlowCallerReads(@TempDir Path folder) throws Exception {
        try (var upstream = new Upstream(this::answer);
                JarNode node = JarNode.serve(folder, upstream, "-Xmx256m");
                Admin admin = Admin.of(node);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() -> readSlowly(node.port()));

            long begun = System.nanoTime();
            String up = upload(node.port());
            long between = System.nanoTime();
            String down = download(node.port());
            long ended = System.nanoTime();

            assertThat(up).as("digest of the upload").isEqualTo(received.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
            assertThat(down).as("digest of the download").isEqualTo(sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
            assertThat(slow.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("s".repeat(SLOW_BYTES));
            assertThat(up).isEqualTo(down);
            assertThat(digestOnRecord(admin, "/up", "/request")).isEqualTo(digestOnRecord(admin, "/down", "/response"));
            assertThat(node.stderr()).doesNotContain("OutOfMemoryError");
            Findings.note("big body: " + (BYTES >> 20) + " MiB up in " + millis(begun, between) + " ms, down in "
                    + millis(between, ended) + " ms, -Xmx256m, digests equal; beside it a caller at 1 KiB/s");
        }
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }

    private void answer(Wire.Head head, InputStream content, OutputStream out) throws IOException {
        switch (head.target()) {
            case "/up" -> {
                received.complete(digest(content));
                Upstream.write(out, "", "taken");
            }
            case "/down" -> {
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + BYTES + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                sent.complete(write(out));
            }
            default -> Upstream.write(out, "", "s".repeat(SLOW_BYTES));
        }
    }

    private String upload(int port) throws IOException {
        try (Caller caller = Caller.to(port)) {
            caller.write("POST /up HTTP/1.1\r\nHost: it.example\r\nContent-Length: " + BYTES + "\r\n\r\n");
            String digest = write(caller.out());
            assertThat(caller.reply().content()).isEqualTo("taken");
            return digest;
        }
    }

    private String download(int port) throws IOException {
        try (Caller caller = Caller.to(port)) {
            caller.send("GET", "/down", "");
            return digest(caller.wire().content(caller.head()));
        }
    }

    private static String readSlowly(int port) throws IOException, InterruptedException {
        try (Caller caller = Caller.to(port)) {
            caller.send("GET", "/slow", "");
            InputStream content = caller.wire().content(caller.head());
            var text = new StringBuilder();
            while (text.length() < SLOW_BYTES) {
                new CountDownLatch(1).await(1, TimeUnit.SECONDS);
                text.append(new String(content.readNBytes(SLOW_STEP), StandardCharsets.ISO_8859_1));
            }
            return text.toString();
        }
    }

    private String write(OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        for (long left = BYTES; left > 0; left -= CHUNK) {
            int count = (int) Math.min(CHUNK, left);
            digest.update(pattern, 0, count);
            out.write(pattern, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String digest(InputStream content) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[CHUNK];
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * What was taped of it breaks off and cannot be looked through, so nothing is kept; length and keyed digest are
     * those of all of it.
     */
    private static String digestOnRecord(Admin admin, String target, String message) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(admin.sessions("path:" + target)).hasSize(1));
        JsonNode session = admin.session(
                admin.sessions("path:" + target).getFirst().get("id").asText());
        assertThat(session.get("state").asText()).isEqualTo("complete");
        assertThat(session.at(message + "/bodyBytes").asLong()).isEqualTo(BYTES);
        assertThat(session.at(message + "/keptBytes").asLong()).isZero();
        assertThat(session.at(message + "/maskStatus").asText()).isEqualTo("withheld");
        assertThat(session.at(message + "/masking/reason").asText()).isEqualTo("incomplete");
        String digest = session.at(message + "/masking/digest").asText();
        assertThat(digest).matches("[0-9a-f]{8}:[0-9a-f]{64}");
        return digest;
    }
}
