// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyAnswerTest {
    private static final byte[] ANSWER =
            "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path folder;

    @Test
    void recordsTheContentThatComesJustBehindTheAnswer() throws Exception {
        try (var upstream = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                var node = RunningNode.strict(folder, upstream.getLocalPort());
                var caller = node.caller()) {
            Thread.ofVirtual().start(() -> answerHeads(upstream));

            caller.send("POST /refunds HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n");
            Thread.ofVirtual().start(() -> sendLater(caller));
            String first = caller.readResponse();
            String second = caller.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();

            assertThat(first).endsWith("\r\n\r\nok");
            assertThat(second).endsWith("\r\n\r\nok");
            await().untilAsserted(() -> assertThat(items(node)).hasSize(2));
            assertThat(items(node).get(1).at("/request/bodyBytes").asInt()).isEqualTo(9);
        }
    }

    private static JsonNode items(RunningNode node) throws IOException {
        return new ObjectMapper().readTree(node.list("").body()).get("items");
    }

    private static void sendLater(RawClient caller) {
        try {
            // Behind the head by more than the upstream takes to answer it.
            Thread.sleep(200);
            caller.send("{\"id\": 1}");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answerHeads(ServerSocket server) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            var seen = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                seen.append((char) next);
                if (seen.toString().endsWith("\r\n\r\n")) {
                    socket.getOutputStream().write(ANSWER);
                }
            }
        } catch (IOException _) {
            // The proxy hung up.
        }
    }
}
