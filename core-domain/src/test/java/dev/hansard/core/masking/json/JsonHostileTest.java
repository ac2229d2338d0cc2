// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hansard.core.masking.rule.Unmaskable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contents of some megabytes, which take minutes where a byte is looked at as often as there are bytes before it. */
class JsonHostileTest {
    private static final int SIZE = 2 << 20;
    private static final Duration LINEAR = Duration.ofSeconds(20);

    private static final Masking MASKING = Masking.of(Masking.redact("password", "caf\u00E9", "$..a..b", "/x/*/y"))
            .detecting()
            .nested();

    static Stream<Named<String>> contents() {
        return Stream.of(
                Named.of("backslashes", "[\"" + "\\\\".repeat(SIZE / 2) + "\"]"),
                Named.of("escapes", "[\"" + "\\u00e9".repeat(SIZE / 6) + "\"]"),
                Named.of("half pairs", "[\"" + "\\ud83d".repeat(SIZE / 6) + "\"]"),
                Named.of("arrays", "[" + ("[".repeat(60) + "]".repeat(60) + ",").repeat(SIZE / 121) + "0]"),
                Named.of("short names", "{" + "\"a\":0,".repeat(SIZE / 6) + "\"a\":0}"),
                Named.of("selected names", "{" + "\"password\":0,".repeat(SIZE / 13) + "\"a\":0}"),
                Named.of("wide names", "{" + "\"\u00E9\":0,".repeat(SIZE / 7) + "\"a\":0}"),
                Named.of("long name", "{\"" + "a".repeat(SIZE) + "\":\"sk_abcdefgh\"}"),
                Named.of("long wide name", "{\"" + "\u0301\u0316".repeat(SIZE / 4) + "\":0}"),
                Named.of(
                        "names to compose",
                        "{" + ("\"" + "\u0301\u0316".repeat(100) + "\":0,").repeat(SIZE / 404) + "\"a\":0}"),
                Named.of("long number", "[" + "7".repeat(SIZE) + "]"),
                Named.of("long fraction", "[0." + "0".repeat(SIZE) + "e" + "9".repeat(SIZE) + "]"),
                Named.of("elements", "[" + "0,".repeat(SIZE / 2) + "0]"),
                Named.of("cards", "[\"" + "4111111111111111 ".repeat(SIZE / 17) + "\"]"),
                Named.of("numeric cards", "[" + "4111111111111111,".repeat(SIZE / 17) + "0]"),
                Named.of("almost JSON", "[" + "\"{\\\"a\\\":[\",".repeat(SIZE / 12) + "0]"),
                Named.of("JSON in JSON in JSON", inside("0", 16)),
                Named.of("names that collide", collisions()));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void takesTimeInProportion(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);

        byte[] masked = assertTimeoutPreemptively(LINEAR, () -> MASKING.mask(bytes, 4096));

        assertThat(new String(masked, StandardCharsets.UTF_8)).doesNotContain("4111111111111111");
    }

    @Test
    void takesTimeInProportionInPiecesOfOneByte() throws Unmaskable {
        byte[] bytes = ("{\"a\":\"" + "x".repeat(SIZE) + "\",\"password\":[" + "1,".repeat(SIZE / 2) + "1]}")
                .getBytes(StandardCharsets.UTF_8);

        byte[] masked = assertTimeoutPreemptively(LINEAR, () -> MASKING.mask(bytes, 1));

        assertThat(masked).isEqualTo(MASKING.mask(bytes, bytes.length));
    }

    private static String inside(String json, int times) {
        String text = json;
        for (int i = 0; i < times; i++) {
            text = "[\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
        }
        return text;
    }

    /** Names with the same hash and length as a selected one, by moving one step up and 31 down. */
    private static String collisions() {
        String[] names = {"password", "qBssword", "pbBsword"};
        return "{"
                + String.join(
                        ",",
                        IntStream.range(0, SIZE / 13)
                                .mapToObj(i -> "\"" + names[i % names.length] + "\":0")
                                .toList())
                + "}";
    }
}
