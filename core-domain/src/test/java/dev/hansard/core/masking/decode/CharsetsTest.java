// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetsTest {
    private static final String TEXT = "{\"name\":\"Zoë\",\"pin\":\"1234 €\"}";

    @ParameterizedTest
    @CsvSource({
        "UTF-8, , ''",
        "UTF-8, UTF-8, ''",
        "UTF-8, utf8, ''",
        "UTF-8, iso-8859-1, ''",
        "UTF-8, us-ascii, ''",
        "UTF-16LE, , fffe",
        "UTF-16BE, , feff",
        "UTF-32LE, , fffe0000",
        "UTF-32BE, , 0000feff",
        "UTF-16LE, , ''",
        "UTF-16BE, , ''",
        "UTF-32LE, , ''",
        "UTF-32BE, , ''",
        "UTF-16LE, utf-8, ''",
        "UTF-16LE, UTF-16, ''",
        "UTF-16BE, utf-16le, feff",
        "windows-1252, windows-1252, ''",
        "windows-1252, cp1252, ''",
    })
    void readsWhatTheBytesAreWhateverTheLabelSays(String charset, String label, String mark) throws Unmaskable {
        byte[] head = HexFormat.of().parseHex(mark);
        byte[] content = Codings.joined(head, TEXT.getBytes(Charset.forName(charset)));

        assertThat(utf8(content, label)).isEqualTo(TEXT);
    }

    @Test
    void copiesNothingThatIsUtf8() throws Unmaskable {
        ByteBuffer content = ByteBuffer.wrap(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8));

        assertThat(Charsets.toUtf8(content, "Latin1").utf8()).isSameAs(content);
        assertThat(utf8("caf\u00e9 \u00ff".getBytes(StandardCharsets.ISO_8859_1), "iso-8859-1"))
                .isEqualTo("caf\u00e9 \u00ff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-7", "iso-2022-jp", "shift_jis", "x-user-defined", "utf-8;x", "''", "ebcdic-cp-us"})
    void refusesACharsetThatItDoesNotKnow(String label) {
        assertThat(reason("{\"a\":1}".getBytes(StandardCharsets.US_ASCII), label))
                .isEqualTo(Reason.CHARSET);
    }

    @ParameterizedTest
    @CsvSource({
        "7b22e97d, ",
        "7b22e97d, utf-8",
        "7b22e97d, us-ascii",
        "efbbbf7b22e97d, iso-8859-1",
        "7b2281, windows-1252",
        "7b22c0ae, utf-8",
        "7b22eda080, utf-8",
        "7b22f4908080, ",
        "7b22e282, ",
        "fffe7b0022, ",
        "fffe00d87b00, ",
        "0000feff0011000000, ",
        "7b22613a317d, utf-16le",
        "7b22613a317d2020, utf-32",
    })
    void refusesWhatIsNotInItsCharset(String hex, String label) {
        assertThat(reason(HexFormat.of().parseHex(hex), label)).isEqualTo(Reason.CHARSET);
    }

    @Test
    void agreesWithThePlatformOnWhatIsUtf8() {
        var random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(6)];
            random.nextBytes(bytes);
            for (int j = 1; j < bytes.length; j++) {
                bytes[j] = random.nextInt(4) == 0 ? bytes[j] : (byte) (0x80 | (bytes[j] & 0x3F));
            }

            assertThat(Unicode.isUtf8(bytes, 0, bytes.length)).isEqualTo(isUtf8(bytes));
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private static Reason reason(byte[] content, String label) {
        return catchThrowableOfType(Unmaskable.class, () -> Charsets.toUtf8(ByteBuffer.wrap(content), label))
                .reason();
    }

    private static String utf8(byte[] content, String label) throws Unmaskable {
        return StandardCharsets.UTF_8
                .decode(Charsets.toUtf8(ByteBuffer.wrap(content), label).utf8())
                .toString();
    }
}
