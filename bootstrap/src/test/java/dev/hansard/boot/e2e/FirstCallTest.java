// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstCallTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESPONSE =
            "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nX-Odd:  kept \r\nContent-Length: 5\r\n\r\nhello";

    @TempDir
    Path folder;

    @Test
    void recordsACallThatCanBeListedAndReadBack() throws Exception {
        try (var upstream = ScriptedUpstream.answering(RESPONSE);
                var node = RunningNode.strict(folder, upstream.port());
                var caller = node.caller()) {
            String answer = caller.send("POST /v1/orders?x=1 HTTP/1.1\r\nhOsT: shop.example\r\nX-b: 2\r\nx-A: 1\r\n"
                            + "Authorization: Bearer canary-4711\r\nContent-Length: 4\r\n\r\nbody")
                    .readResponse();

            assertThat(answer)
                    .startsWith("HTTP/1.1 201 Created\r\n")
                    .endsWith("\r\n\r\nhello")
                    .contains("X-Odd: kept\r\n");
            assertThat(upstream.requests().getFirst())
                    .startsWith(
                            "POST /v1/orders?x=1 HTTP/1.1\r\nX-b: 2\r\nx-A: 1\r\nAuthorization: Bearer canary-4711\r\n")
                    .endsWith("\r\n\r\nbody");
            await().untilAsserted(() -> assertThat(items(node)).hasSize(1));
            String id = items(node).get(0).get("id").asText();
            assertThat(answer).contains("Hansard-Session: " + id + "\r\n");
            JsonNode session =
                    JSON.readTree(node.admin("/api/v1/sessions/" + id).body());
            assertThat(session.get("state").asText()).isEqualTo("complete");
            assertThat(session.at("/request/headers").toString())
                    .startsWith("[[\"hOsT\",\"shop.example\"],[\"X-b\",\"2\"],[\"x-A\",\"1\"]")
                    .doesNotContain("canary");
            assertThat(node.admin("/api/v1/sessions/" + id + "/request/body").body())
                    .isEqualTo("body");
            assertThat(node.admin("/api/v1/sessions/" + id + "/response/body").body())
                    .isEqualTo("hello");
        }
    }

    private static JsonNode items(RunningNode node) throws Exception {
        return JSON.readTree(node.list("").body()).get("items");
    }
}
