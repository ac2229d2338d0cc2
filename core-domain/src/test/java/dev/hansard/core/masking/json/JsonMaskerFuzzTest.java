// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.Unmaskable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in: it is refused, or what comes out is JSON of which the same is made again, however it is cut. */
class JsonMaskerFuzzTest {
    private static final Masking SELECTING = Masking.of(
                    Masking.redact("password", "$..a..b", "/x/*/1"), Masking.rule("t", new MaskAction.Token(), "key"))
            .nested();
    private static final Masking MASKING = SELECTING.detecting();
    // With a digit beside it, it is none.
    private static final Pattern CARD = Pattern.compile("(?<![0-9])4111 1111 1111 1111(?![0-9])");

    static byte[][] texts() {
        return Stream.of(
                        "{\"password\":[1,2.5e-3,true,null],\"a\":{\"b\":\"4111 1111 1111 1111\"}}",
                        "\uFEFF [\"{\\\"key\\\":\\\"\\\\u00e9\\\"}\",-0,\"\\ud83d\\ude00\\n\"]",
                        "{\"x\":[[0,1],{\"1\":\"sk_abcdefgh\"}],\"\\u0070assword\":\"\u00E9\u20AC\"}\n{}",
                        "\u001e{\"key\":\"x\"}\n\u001e[4.111111111111111E15]\n",
                        "[\"{\\\"key\\\":\\\"4111 1111 1111 111183d\\ude00\\n\"]")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "10s")
    void masksAnything(byte[] content) throws IOException {
        check(MASKING, SELECTING, content, true);
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "10s")
    void masksAnythingByLine(byte[] content) throws IOException {
        check(MASKING.byLine(), SELECTING.byLine(), content, false);
    }

    private static void check(Masking masking, Masking selecting, byte[] content, boolean json) throws IOException {
        byte[] masked;
        try {
            masked = masking.mask(content, Math.max(1, content.length));
        } catch (Unmaskable _) {
            return;
        }
        try {
            assertThat(masking.mask(content, new Random(content.length))).isEqualTo(masked);
            // What is left around a hit may look like another, so that only selectors do nothing the second time.
            byte[] selected = selecting.mask(content, 7);
            assertThat(selecting.mask(selected, 1)).isEqualTo(selected);
        } catch (Unmaskable e) {
            throw new AssertionError("taken once and then not", e);
        }
        // What is left around a word that is dropped may be a card.
        if (json && !dropsWords(masking, content)) {
            assertThat(Readers.jackson(masked))
                    .noneMatch(text -> CARD.matcher(text).find());
        }
    }

    private static boolean dropsWords(Masking masking, byte[] content) {
        try {
            Findings findings = masking.findings(new String(content, StandardCharsets.UTF_8));
            return findings.counts().containsKey(StubScanner.WORD.rule());
        } catch (Unmaskable e) {
            throw new AssertionError("taken once and then not", e);
        }
    }
}
