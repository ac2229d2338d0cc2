// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.ports.notify.Notice;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SlackMessageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static JsonNode message(String type, String... pairs) throws IOException {
        var data = JSON.createObjectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            data.put(pairs[i], pairs[i + 1]);
        }
        return JSON.readTree(SlackMessage.of(new Notice(type, NOON, data.toString())));
    }

    /** Every text that Slack would look for marks in. */
    private static List<String> markdown(JsonNode message) {
        var texts = new ArrayList<String>();
        texts.add(message.path("text").asText());
        message.findParents("type").stream()
                .filter(node -> node.path("type").asText().equals("mrkdwn"))
                .forEach(node -> texts.add(node.path("text").asText()));
        return texts;
    }

    @Test
    void saysWhatIsAskedAndWhereToDecide() throws IOException {
        JsonNode message = message(
                "approval.requested",
                "service",
                "payments",
                "target",
                "/v1/refunds/1",
                "link",
                "https://hansard.test/approve/abc");

        assertThat(message.path("text").asText())
                .isEqualTo("A request waits for approval: *service* `payments`, *target* `/v1/refunds/1`");
        assertThat(message.at("/blocks/1/fields/1/text").asText()).isEqualTo("*target* `/v1/refunds/1`");
        assertThat(message.at("/blocks/2/elements/0/url").asText()).isEqualTo("https://hansard.test/approve/abc");
    }

    @Test
    void tellsAlertsToo() throws IOException {
        JsonNode message = message("alert.raised", "subject", "quota:pay", "state", "85%", "detail", "Nearly full.");

        assertThat(message.path("text").asText())
                .isEqualTo("Alert: *subject* `quota:pay`, *state* `85%`, *detail* `Nearly full.`");
    }

    @Test
    void leadsNowhereButToTheWeb() throws IOException {
        JsonNode message = message("approval.requested", "link", "javascript:alert(1)");

        assertThat(message.findValues("url")).isEmpty();
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.strings()
                .withChars("<>&`*_~@!#|\n\u202e\u0000\ud800 ab")
                .ofMaxLength(600);
    }

    @Property(tries = 300)
    void escapesWhatSlackWouldActOn(@ForAll("hostile") String value) throws IOException {
        JsonNode message = message("approval.requested", "target", value, "comment", value);

        for (String text : markdown(message)) {
            String unescaped = text.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "");
            assertThat(unescaped).doesNotContain("<", ">", "&", "\n", "\u202e", "\u0000");
            // Each value stands between two marks, and none is within one.
            assertThat(text.chars().filter(c -> c == '`').count()).isEven().isLessThanOrEqualTo(4);
            assertThat(text.length()).isLessThanOrEqualTo(6_000);
        }
    }

    @Property(tries = 300)
    void keepsFieldsAsShortAsSlackWants(@ForAll("hostile") String value) {
        assertThat(SlackMessage.code(value).length()).isLessThanOrEqualTo(1_950);
    }

    @Property(tries = 200)
    void keepsWhatIsHarmless(@ForAll("plain") String value) {
        assertThat(SlackMessage.code(value)).isEqualTo("`" + value + "`");
    }

    @Provide
    Arbitrary<String> plain() {
        return Arbitraries.strings().alpha().numeric().withChars(" /-_.é漢").ofMaxLength(300);
    }
}
