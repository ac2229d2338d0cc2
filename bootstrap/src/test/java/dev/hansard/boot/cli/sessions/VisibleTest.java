// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Visible;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTest {
    @ParameterizedTest
    @CsvSource({
        "27,\\x1b",
        "10,\\x0a",
        "127,\\x7f",
        "155,\\x9b",
        "8238,\\u202e",
        "8203,\\u200b",
        "8232,\\u2028",
        "917569,\\U000e0041"
    })
    void showsWhatATerminalWouldActOnAsItsNumber(int c, String shown) {
        assertThat(Visible.inLine("a" + Character.toString(c) + "b")).isEqualTo("a" + shown + "b");
    }

    @Test
    void leavesOrdinaryTextAlone() {
        String text = "GET /ünïcödé?q=漢字 😀 \\ \"quoted\"";

        assertThat(Visible.inLine(text)).isSameAs(text);
        assertThat(Visible.inBlock("a\n\tb\r\n")).isEqualTo("a\n\tb\\x0d\n");
    }

    @Property(tries = 500)
    void leavesNothingHostileInALine(@ForAll String text) {
        assertThat(Visible.inLine(text).codePoints()).noneMatch(Visible::isHostile);
    }

    @Property(tries = 500)
    void jsonReadsTheSameAndHoldsNothingHostile(@ForAll String text) throws IOException {
        // A lone surrogate is no text that UTF-8 could carry here.
        String sound = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        String line = Json.line(JsonNodeFactory.instance.objectNode().put("t", sound));

        assertThat(line.codePoints().filter(c -> c < 0x10000)).noneMatch(Visible::isHostile);
        assertThat(Json.parse(line.getBytes(StandardCharsets.UTF_8)).path("t").asText())
                .isEqualTo(sound);
    }
}
