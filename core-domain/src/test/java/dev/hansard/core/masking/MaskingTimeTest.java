// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.ServiceMasking.MaskedContent;
import dev.hansard.core.masking.rule.TimeLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTimeTest {
    private static final int LONG = 4 * TimeLimit.UNIT_BYTES;

    private final AtomicLong clock = new AtomicLong();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                  | [1              | ,{\"a\":\"b\"}          | ]",
                "application/json                  | [1              | ,\"{\\\"a\\\":\\\"b\\\"}\" | ]",
                "application/json                  | \"              | hello                | \"",
                "application/x-ndjson              | ''              | {\"a\":\"b\"}@         | ''",
                "application/x-www-form-urlencoded | a=b             | &a=b                 | ''",
                "application/xml                   | <a>             | <b c=\"d\">e</b>       | </a>",
                "text/event-stream                 | ''              | data: hello@@        | ''",
                "text/plain                        | ''              | hello world@         | ''",
                "text/plain                        | ''              | hello                | ''",
                "application/octet-stream          | ''              | hello world@         | ''",
                "multipart/mixed; boundary=b       | --b@@           | hello world@         | @--b--",
            })
    void withholdsWhatTakesTooLong(String type, String start, String piece, String end) {
        byte[] content = content(start, piece, end);

        MaskedContent inTime = masked(type, List.of(), content, 1);
        MaskedContent tooLate = masked(type, List.of(), content, TimeLimit.MAX_NANOS);

        assertThat(inTime.isWithheld()).isFalse();
        assertThat(tooLate.reason()).isEqualTo("timeout");
        assertThat(tooLate.bytes()).isEmpty();
    }

    @Test
    void limitsDecodingAndMaskingTogether() throws IOException {
        String text = new Random(1)
                .ints(LONG / 8, 1 << 24, 1 << 28)
                .mapToObj(Integer::toHexString)
                .collect(joining("\n"));
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(content);
        }

        // Decoding looks at the clock for each chunk, so that most of the time is gone when masking begins.
        long step = TimeLimit.MAX_NANOS / 20;
        MaskedContent clear = masked("text/plain", List.of(), content, step);
        MaskedContent coded = masked("text/plain", List.of("gzip"), zipped.toByteArray(), step);

        assertThat(clear.isWithheld()).isFalse();
        assertThat(coded.reason()).isEqualTo("timeout");
    }

    @Test
    void startsAnewForEachContent() {
        byte[] content = content("", "hello world\n", "");

        long step = TimeLimit.MAX_NANOS / 100;
        for (int i = 0; i < 20; i++) {
            assertThat(masked("text/plain", List.of(), content, step).isWithheld())
                    .isFalse();
        }

        assertThat(clock.get()).isGreaterThanOrEqualTo(TimeLimit.MAX_NANOS);
    }

    private MaskedContent masked(String type, List<String> codings, byte[] content, long step) {
        return Maskings.service(List.of(), () -> clock.getAndAdd(step))
                .preview(type, codings, ByteBuffer.wrap(content), true);
    }

    private static byte[] content(String start, String piece, String end) {
        String text = start + piece.repeat(LONG / piece.length()) + end;
        return text.replace("@", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
