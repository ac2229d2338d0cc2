// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProblemDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void hasEveryMemberOfAProblemWithASession() {
        byte[] bytes = ProblemDocument.bytes(504, "upstream_timeout", "The upstream was too slow.", "ses_1");

        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"https://hansard.dev/problems/upstream_timeout\",\"title\":\"Upstream timeout\","
                        + "\"status\":504,\"detail\":\"The upstream was too slow.\",\"code\":\"upstream_timeout\","
                        + "\"session\":\"ses_1\"}\n");
    }

    @Test
    void leavesOutTheSessionThatIsNotThere() throws IOException {
        JsonNode problem = JSON.readTree(ProblemDocument.bytes(404, "no_route", "No route.", null));

        assertThat(problem.has("session")).isFalse();
        assertThat(problem.get("status").intValue()).isEqualTo(404);
    }

    @Test
    void saysWhereAQueryIsWrong() throws IOException {
        JsonNode problem = JSON.readTree(ProblemDocument.bytesAt(400, "invalid_query", "Unknown word.", 7));

        assertThat(problem.get("position").intValue()).isEqualTo(7);
    }

    @Test
    void hidesWhatATerminalOrBrowserWouldActOn() {
        byte[] bytes = ProblemDocument.bytes(400, "bad", "\u001b[2J<script>\u009b\u202e\u2066", null);

        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .contains("\\u001b[2J\\u003cscript>\\u009b\\u202e\\u2066")
                .doesNotContain("\u001b", "<", "\u202e");
    }

    @Property(tries = 300)
    void keepsAnyDetailThatIsText(@ForAll String detail) throws IOException {
        String text = new String(detail.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        JsonNode problem = JSON.readTree(ProblemDocument.bytes(400, "bad", text, null));

        assertThat(problem.get("detail").textValue()).isEqualTo(text);
    }
}
