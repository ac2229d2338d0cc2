// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.policy.BodyReader.Json;
import dev.hansard.ports.policy.BodyReader.Reading;
import dev.hansard.ports.policy.BodyReader.Unreadable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private static Reading read(byte[] bytes, Field... fields) {
        return StrictJson.create().read(SampleRequest.with(fields), SampleRequest.body(bytes));
    }

    private static Reading read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatHasOneReading() {
        assertThat(read(" {\"a\": [1, 2.5, true, \"\\u00e4\\ud83d\\ude00\"], \"b\": {\"a\": \"x\"}} "))
                .isEqualTo(new Json(Map.of("a", List.of(1L, 2.5, true, "ä😀"), "b", Map.of("a", "x"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\": 1",
                "{\"a\": 1,}",
                "{'a': 1}",
                "{a: 1}",
                "{\"a\": 01}",
                "{\"a\": +1}",
                "{\"a\": .5}",
                "{\"a\": NaN}",
                "{\"a\": 1} {}",
                "{\"a\": 1} x",
                "{\"a\": 1}\0",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": 1, \"\\u0061\": 2}",
                "{\"b\": [{\"a\": 1, \"a\": 1}]}",
                "{\"a\": \"\\ud83d\"}",
                "{\"\\ude00\": 1}",
                "{\"a\": \"\t\"}",
                "/* */ {}",
                "\uFEFF{}",
                "amount=1"
            })
    void readsNothingThatTwoTargetsCouldReadDifferently(String text) {
        assertThat(read(text)).isInstanceOf(Unreadable.class);
    }

    @Test
    void readsUtf8Only() {
        for (Charset charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)) {
            assertThat(read("{\"a\": 1}".getBytes(charset))).isInstanceOf(Unreadable.class);
        }
        assertThat(read(new byte[] {'"', (byte) 0xC3, '"'})).isEqualTo(new Unreadable("its content is not UTF-8"));
    }

    @Test
    void readsNoCodedContent() {
        assertThat(read(new byte[] {'1'}, new Field("Content-Encoding", "gzip")))
                .isEqualTo(new Unreadable("its content is encoded, such as with gzip"));
        assertThat(read(new byte[] {'1'}, new Field("content-encoding", "identity")))
                .isEqualTo(new Json(1L));
    }

    @Test
    void readsNothingThatIsNestedTooDeep() {
        assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(Json.class);
        assertThat(read("[".repeat(65) + "]".repeat(65))).isInstanceOf(Unreadable.class);
        assertThat(read("[".repeat(500_000))).isInstanceOf(Unreadable.class);
    }
}
