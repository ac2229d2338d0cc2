// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReplacerTest {
    private static final TokenKey KEY = TokenKey.of(Secret.of("a key for tests"), new ServiceName("payments"));
    private static final TokenKey OTHER = TokenKey.of(Secret.of("a key for tests"), new ServiceName("ledger"));

    private final Replacer replacer = new Replacer(KEY);

    @ParameterizedTest
    @CsvSource({
        "4111 1111 1111 1234, 4, ***1234",
        "4111 1111 1111 12-34, 4, ***1234",
        "abc, 4, ***c",
        "a, 4, ***",
        "\"}<&\", 4, ***",
        "***1234, 4, ***1234",
    })
    void keepsTheLastLettersAndNeverMoreThanHalf(String value, int count, String expected) {
        assertThat(replaced(new MaskAction.KeepLast(count), value)).isEqualTo(expected);
    }

    @Test
    void givesEqualValuesEqualTokens() {
        String token = replaced(new MaskAction.Token(), "ada@example.com");

        assertThat(token).isEqualTo(replaced(new MaskAction.Token(), "ada@example.com"));
        assertThat(token).matches("\\[t:[0-9a-f]{8}:[A-Za-z0-9_-]{22}]");
        assertThat(token).isNotEqualTo(replaced(new MaskAction.Token(), "bob@example.com"));
    }

    @Test
    void givesTwoServicesDifferentTokens() {
        byte[] value = bytes("ada@example.com");

        byte[] here = new Replacer(KEY).token(value, 0, value.length);
        byte[] there = new Replacer(OTHER).token(value, 0, value.length);

        assertThat(here).isNotEqualTo(there);
        assertThat(KEY.id()).isNotEqualTo(OTHER.id());
    }

    @Test
    void makesNoTokenWithoutAKey() {
        byte[] value = bytes("ada@example.com");

        assertThat(new Replacer(null).token(value, 0, value.length)).isEqualTo(bytes("***"));
        assertThat(new Replacer(null).digest(value, 0, value.length)).isNull();
    }

    static Stream<MaskAction> actions() {
        return Stream.of(
                new MaskAction.Drop(),
                new MaskAction.Redact(),
                new MaskAction.Type("card"),
                new MaskAction.KeepLast(4),
                new MaskAction.Token());
    }

    @ParameterizedTest
    @MethodSource("actions")
    void leavesWhatIsMaskedAsItIs(MaskAction action) {
        String once = replaced(action, "4111111111111111");

        assertThat(replaced(action, once)).isEqualTo(once);
        assertThat(once).doesNotContain("4111111");
    }

    @ParameterizedTest
    @MethodSource("actions")
    void sparesEveryMaskAndNothingElse(MaskAction action) {
        Replacer sparing = Replacer.sparingMasks();
        for (String clear :
                List.of("4111111111111111", "*** 1111", "***12345678901234567", "[Card]", "[t:x:y]", "**")) {
            byte[] value = bytes(clear);
            byte[] mask = replacer.replace(action, value, 0, value.length);

            assertThat(sparing.replace(action, value, 0, value.length)).isEqualTo(bytes("***"));
            assertThat(sparing.replace(action, mask, 0, mask.length)).isEqualTo(mask);
        }
    }

    /** RFC 4231, test cases 1, 2 and 6. */
    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
                + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    })
    void computesHmacSha256(String key, String data, String expected) {
        byte[] bytes = HexFormat.of().parseHex(data);

        byte[] mac = new HmacSha256(HexFormat.of().parseHex(key)).of(bytes, 0, bytes.length);

        assertThat(HexFormat.of().formatHex(mac)).isEqualTo(expected);
    }

    @Test
    void computesHmacSha256WithALongKey() {
        byte[] key = HexFormat.of().parseHex("aa".repeat(131));
        byte[] data = bytes("Test Using Larger Than Block-Size Key - Hash Key First");

        byte[] mac = new HmacSha256(key).of(data, 0, data.length);

        assertThat(HexFormat.of().formatHex(mac))
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    private String replaced(MaskAction action, String value) {
        byte[] bytes = bytes("<" + value + ">");
        return new String(replacer.replace(action, bytes, 1, bytes.length - 1), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
