// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import static dev.hansard.core.masking.json.Masking.redact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.rule.Unmaskable;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways in which a value might slip by, and what becomes of it. */
class JsonEvasionTest {
    private static final Masking MASKING =
            Masking.of(redact("password", "/user/*/pin")).detecting().nested();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"\\u0070assword\":\"x\"}          | {\"\\u0070assword\":\"***\"}",
                "{\"\\u0050ASSWORD\":\"x\"}          | {\"\\u0050ASSWORD\":\"***\"}",
                "{\"PassWord\":\"x\"}                | {\"PassWord\":\"***\"}",
                "{\"ｐａｓｓｗｏｒｄ\":\"x\"}           | {\"ｐａｓｓｗｏｒｄ\":\"***\"}",
                "{\"\\uff50assword\":\"x\"}          | {\"\\uff50assword\":\"***\"}",
                "{\"paſſword\":\"x\"}                | {\"paſſword\":\"***\"}",
                "{\"pass\u200Bword\":\"x\"}          | {\"pass\u200Bword\":\"***\"}",
                "{\"pass\\u200bword\":\"x\"}         | {\"pass\\u200bword\":\"***\"}",
                "{\"p\\u0430ssword\":\"x\"}          | {\"p\\u0430ssword\":\"***\"}",
                "{\"password\":1,\"password\":\"x\"} | {\"password\":\"***\",\"password\":\"***\"}",
                "{\"password\":{\"password\":\"x\"}} | {\"password\":\"***\"}",
                "{\"password\":[\"x\",{\"y\":1}]}    | {\"password\":\"***\"}",
                "{\"password\":-1.5e7}               | {\"password\":\"***\"}",
                "{\"password\":null}                 | {\"password\":null}",
                "{\"user\":[{\"pin\":1},{\"PIN\":2}]} | {\"user\":[{\"pin\":\"***\"},{\"PIN\":\"***\"}]}",
                "[4111111111111111]                  | [\"***1111\"]",
                "[-4111111111111111]                 | [\"-***1111\"]",
                "[4111111111111111.0]                | [\"***1111.0\"]",
                "[4.111111111111111E15]              | [\"***1111\"]",
                "[-41111111111111110000e-4]          | [\"***1111\"]",
                "[0.04111111111111111e+17]            | [\"***1111\"]",
                "[\"4111 1111 1111 1111\"]           | [\"***1111\"]",
                "[\"4111\\u00201111\\u002d11111111\"] | [\"***1111\"]",
                "[\"\\u0034111111111111111\"]        | [\"***1111\"]",
                "{\"4111111111111111\":1}            | {\"***1111\":1}",
                "[\"\\u043a\\u043b\\u044e\\u0447\"]  | [null]",
                "[\"a\\u043a\\u043b\\u044e\\u0447b\"] | [\"ab\"]",
                "[\"{\\\"password\\\":\\\"x\\\"}\"]  | [\"{\\\"password\\\":\\\"***\\\"}\"]",
                "[\"\\u007b\\\"password\\\":1}\"]    | [\"{\\\"password\\\":\\\"***\\\"}\"]",
                "[\" [\\\"{\\\\\\\"password\\\\\\\":1}\\\"]\"] "
                        + "| [\" [\\\"{\\\\\\\"password\\\\\\\":\\\\\\\"***\\\\\\\"}\\\"]\"]",
                "{\"user\":\"[{\\\"pin\\\":1}]\"}    | {\"user\":\"[{\\\"pin\\\":\\\"***\\\"}]\"}",
                "[\"{4111111111111111\"]             | [\"{***1111\"]",
                "\"4111111111111111\"                | \"***1111\"",
                "4111111111111111                    | \"***1111\"",
            })
    void letsNothingSlipBy(String content, String expected) throws Unmaskable {
        assertThat(MASKING.mask(content)).isEqualTo(expected);
        assertThat(MASKING.mask(expected)).isEqualTo(expected);
    }

    @Test
    void letsNothingSlipByBehindAByteOrderMark() throws Unmaskable {
        assertThat(MASKING.mask("\uFEFF{\"password\":1}")).isEqualTo("\uFEFF{\"password\":\"***\"}");
        assertThat(MASKING.mask("[\"\\ufeff{\\\"password\\\":1}\"]")).doesNotContain(":1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":\"x\",}", "{password:\"x\"}", "{'password':'x'}", "/**/{\"password\":\"x\"}",
                "{\"password\":NaN}", "{\"password\":Infinity}", "{\"password\":0x10}", "{\"password\":01}",
                "{\"a\":1}{\"password\":\"x\"}", "[\"a\"]//", "{\"password\":\"x\"", "{\"password\":\"a\u0001b\"}",
                "\uFEFF\uFEFF[]", "{\"a\":\"\\U0070\"}", "{\"pass\\x77ord\":1}", "\u2028[]"
            })
    void withholdsWhatReadersDisagreeOn(String content) {
        assertThat(MASKING.refusal(content.getBytes(StandardCharsets.UTF_8))).isEqualTo(Unmaskable.Reason.SYNTAX);
    }

    @Test
    void withholdsOtherEncodings() {
        String content = "{\"password\":\"x\"}";

        assertThat(MASKING.refusal(content.getBytes(StandardCharsets.UTF_16LE))).isNotNull();
        assertThat(MASKING.refusal(content.getBytes(StandardCharsets.UTF_16BE))).isNotNull();
        assertThat(MASKING.refusal(content.getBytes(StandardCharsets.UTF_32LE))).isNotNull();
        assertThat(MASKING.refusal("{\"password\":\"\u00E9\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(Unmaskable.Reason.CHARSET);
    }

    @Test
    void withholdsDepthBombs() {
        String nested = "[\"" + "[".repeat(64) + "]".repeat(64) + "\"]";
        String bomb = "[".repeat(1_000_000);

        assertThat(MASKING.refusal(bomb.getBytes(StandardCharsets.UTF_8))).isEqualTo(Unmaskable.Reason.DEPTH);
        assertThat(MASKING.refusal(nested.getBytes(StandardCharsets.UTF_8))).isEqualTo(Unmaskable.Reason.DEPTH);
        assertThat(MASKING.refusal(("{\"password\":" + bomb).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Unmaskable.Reason.DEPTH);
    }

    @Test
    void keepsHugeNumbers() throws Unmaskable {
        String huge = "[" + "1".repeat(100_000) + "," + "1e" + "9".repeat(100_000) + "," + "0." + "0".repeat(100_000)
                + "1,-0e-0]";

        assertThat(MASKING.mask(huge)).isEqualTo(huge);
    }
}
