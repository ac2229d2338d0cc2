// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import static dev.hansard.core.masking.ContentMaskingFixture.masked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.ContentMaskingFixture;
import dev.hansard.core.masking.rule.Findings.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseMaskerTest {
    private static final String SSE = "text/event-stream";

    /** In the table, {@code ~} stands for a line feed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "data: {\"pin\":1}~~               | data: {\"pin\":\"***\"}~~",
                "data:{\"pin\":1}~~data: x~~       | data:{\"pin\":\"***\"}~~data: x~~",
                "id: 1~event: e~data: {\"pin\":1}~retry: 5~~ | id: 1~event: e~data: {\"pin\":\"***\"}~retry: 5~~",
                "data: {~data: \"pin\":~data: 1}~~ | data: {~data: \"pin\":~data: \"***\"}~~",
                "data: {\"pin\":~id: 7~data: 1}~~  | data: {\"pin\":~id: 7~data: \"***\"}~~",
                "data: {\"pin\":1}~data: {\"pin\":2}~~ | data: {\"pin\":\"***\"}~data: {\"pin\":\"***\"}~~",
                "data: {\"a\":1}~                  | data: {\"a\":1}~",
                "data: {\"pin\":1}                 | data: {\"pin\":\"***\"}",
                "data: {\"pin\":1                  | data: [withheld: incomplete, 8 bytes]",
                "data: {\"a\":x}}~data: y~~data: z~~ | data: [withheld: syntax, 10 bytes]~~data: z~~",
                "DATA: {\"pin\":1}~~               | DATA: {\"pin\":\"***\"}~~",
                "data: [DONE]~~                    | data: [DONE]~~",
                "data~data:~data: ~~               | data~data:~data: ~~",
                "data: pin=1~~                     | data: pin=***~~",
                "data: the pin: 1~~                | data: the pin: ***~~",
                "data: <a><pin>1</pin></a>~~       | data: <a><pin>***</pin></a>~~",
                ": pin: 1~~                        | : pin: ***~~",
                ":~~~~data: x~~                    | :~~~~data: x~~",
                "id: 777777777777~event: 777777777777~data: 777777777777~~ "
                        + "| id: [sevens]~event: [sevens]~data: [sevens]~~",
                "{\"pin\": 1, nonsense~~           | {\"pin\": ***~~",
                "password: abc~other: x~~          | password: ***~other: x~~",
            })
    void masksTheDataOfEvents(String stream, String expected) {
        for (String lineEnd : new String[] {"\n", "\r\n", "\r"}) {
            // What begins as JSON does is JSON even here.
            String start = ": comment" + lineEnd + lineEnd;
            String in = start + stream.replace("~", lineEnd);
            String out = start + expected.replace("~", lineEnd);

            assertThat(masked(in, SSE)).isEqualTo(out);
            assertThat(masked(out, SSE)).isEqualTo(out);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void doesNotCareHowTheContentIsCut(String lineEnd) {
        String stream = "~: c~id: 1~data: {\"pin\":~data: 1}~~~data: x~~data: {\"pin\":2}~~data: {\"pin\"";
        byte[] bytes = stream.replace("~", lineEnd).getBytes(StandardCharsets.UTF_8);
        String whole = masked(bytes, SSE);
        for (int cut = 1; cut < bytes.length; cut++) {
            assertThat(Cuts.masked(
                            bytes, cut, (fixture, out) -> new SseMasker(fixture.values(), fixture.contents(), 0, out)))
                    .isEqualTo(whole);
        }
    }

    @Test
    void notesEventsByNumber() throws Exception {
        var fixture = new ContentMaskingFixture();

        fixture.mask(
                ": c\n\ndata: x\n\nevent: 777777777777\ndata: {\"pin\":1}\n\ndata: a pin: 5\n\ndata: {\"\n\n"
                        .getBytes(StandardCharsets.UTF_8),
                SSE);

        assertThat(fixture.findings().places())
                .containsExactlyInAnyOrder(
                        new Place("pins", "sse:2/pin"),
                        new Place("sevens", "sse:2"),
                        new Place("pins", "sse:3/offset:7"),
                        new Place("withheld", "sse:4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "data\n", "data:\n\n", "data: [\n", ":\r\n", "data: data: data:"})
    void takesTimeInProportionToTheLength(String unit) {
        String stream = "data: x\n" + unit.repeat(1_000_000 / unit.length());

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> masked(stream, SSE));
    }
}
