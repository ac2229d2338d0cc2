// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactValuesTest {
    private static final String VALUE = "s3cr\"t&/päss+w<rd%";
    private static final ExactValues ONE = of(VALUE);

    private static ExactValues of(String... values) {
        return ExactValues.of(List.of(values).stream().map(Secret::of).toList());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text with a star for each hit. */
    private static String masked(ExactValues values, String text) {
        byte[] bytes = utf8(text);
        var masked = new StringBuilder();
        int[] done = {0};
        values.scan(bytes, 0, bytes.length, (from, to, _) -> {
            assertThat(from).isGreaterThanOrEqualTo(done[0]);
            masked.append(new String(bytes, done[0], from - done[0], StandardCharsets.UTF_8))
                    .append('*');
            done[0] = to;
        });
        return masked.append(new String(bytes, done[0], bytes.length - done[0], StandardCharsets.UTF_8))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cr\"t&/päss+w<rd%",
                "s3cr%22t%26%2Fp%C3%A4ss%2Bw%3Crd%25",
                "s3cr%22t%26%2fp%c3%a4ss%2bw%3crd%25",
                "s3cr%22t&/p%c3%A4ss+w<rd%",
                "%733cr\"t&/päss+w<rd%25",
                "s3cr\\\"t&\\/päss+w<rd%",
                "s3cr\\u0022t\\u0026\\u002fp\\u00e4ss+w\\u003Crd%",
                "\\u0073\\u0033cr\\\"t&/päss+w<rd%",
                "s3cr&quot;t&amp;/p&#228;ss+w&lt;rd%",
                "s3cr&#34;t&#x26;&#x0002F;päss+w&#0060;rd&#37;",
                "733363722274262f70c3a473732b773c726425",
                "733363722274262F70C3A473732B773C726425"
            })
    void findsEachSpelling(String spelling) {
        String masked = masked(ONE, "a=" + spelling + "&b=" + spelling + ";");

        assertThat(masked).isEqualTo("a=*&b=*;");
    }

    @Property(tries = 300)
    void findsWhatIsEncodedInTheMidstOfMore(
            @ForAll @StringLength(max = 7) String before, @ForAll @StringLength(max = 7) String after) {
        byte[] octets = utf8(before + VALUE + after);
        String percent = "%" + HexFormat.ofDelimiter("%").formatHex(octets);
        String basic = Base64.getEncoder().encodeToString(octets);
        String url = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);

        for (String text : List.of(percent, basic, url, HexFormat.of().formatHex(octets))) {
            assertThat(masked(ONE, text)).contains("*");
        }
    }

    @Test
    void leavesOfBase64OnlyWhatTheValueShares() {
        String basic = Base64.getEncoder().encodeToString(utf8("user:" + "0123456789abcdef" + "!"));

        String masked = masked(of("0123456789abcdef"), basic);

        assertThat(masked).startsWith("dXNlcj").contains("*").hasSizeLessThanOrEqualTo("dXNlcjo".length() + 5);
    }

    @Test
    void findsNothingElse() {
        String text = "s3cr\"t&/päss+w<rd s3cr%22t%26%2Fp%C3%ss \\u0073\\u &quot;&#;&#x;&#xffffff; %%%25%2 \\\\ &&amp;";

        String masked = masked(ONE, text);

        assertThat(masked).isEqualTo(text);
    }

    @Test
    void doesNotLookForShortValues() {
        var values = of("1234567");

        assertThat(values.isEmpty()).isTrue();
        assertThat(masked(values, "1234567")).isEqualTo("1234567");
        assertThat(ExactValues.isTooShort(Secret.of("1234567"))).isTrue();
        assertThat(ExactValues.isTooShort(Secret.of("12345678"))).isFalse();
    }

    @Test
    void makesOneHitOfWhatOverlaps() {
        String masked = masked(of("abcabcabcabc", "bcabcabcabcd", "abcdefgh"), "xabcabcabcabcdefghabcabcabcabcy");

        assertThat(masked).isEqualTo("x**y");
    }

    @Test
    void undoesEscapesThatLookLikeOthers() {
        var values = of("back\\slash", "am&ampersand", "per%%41cent", "emoji\uD83D\uDE00end");

        assertThat(masked(values, "[back\\\\slash]")).isEqualTo("[*]");
        assertThat(masked(values, "[back\\slash][\\u0062ack\\\\slash]")).isEqualTo("[*][*]");
        assertThat(masked(values, "[am&amp;ampersand][&#97;m&ampersand]")).isEqualTo("[*][*]");
        assertThat(masked(values, "[%70er%%25%34%31cent][%70er%%2541cent]")).isEqualTo("[*][*]");
        assertThat(masked(values, "[emoji\\uD83D\\uDE00end][emoji&#128512;end]"))
                .isEqualTo("[*][*]");
    }

    @Test
    void findsAValueWithSpacesInAForm() {
        String masked = masked(of("correct horse battery"), "p=correct+horse+battery&q=correct%20horse+battery");

        assertThat(masked).isEqualTo("p=*&q=correct%20horse+battery");
    }

    /** One span as the stream tells it. */
    private record Span(long from, long to) {}

    @Property(tries = 500)
    void findsTheSameHoweverTheTextIsCut(@ForAll Random random, @ForAll @IntRange(min = 1, max = 9) int longestPiece) {
        var values = of("abababab", "aab%26\\aba", "abba&amp;ba", VALUE);
        byte[] text = utf8(hostile(random));
        var whole = new ArrayList<Span>();
        var stream = values.stream();
        stream.feed(text, 0, text.length, (from, to) -> whole.add(new Span(from, to)));
        stream.finish((from, to) -> whole.add(new Span(from, to)));

        var pieces = new ArrayList<Span>();
        var cut = values.stream();
        for (int at = 0; at < text.length; ) {
            int end = Math.min(text.length, at + 1 + random.nextInt(longestPiece));
            long decided = cut.decided();
            cut.feed(text, at, end, (from, to) -> {
                assertThat(from).isGreaterThanOrEqualTo(decided);
                pieces.add(new Span(from, to));
            });
            assertThat(cut.decided()).isGreaterThanOrEqualTo(decided).isLessThanOrEqualTo(end);
            at = end;
        }
        cut.finish((from, to) -> pieces.add(new Span(from, to)));

        assertThat(pieces).isEqualTo(whole);
    }

    private static String hostile(Random random) {
        String[] parts = {
            "ab", "a", "b", "%", "%26", "%61", "\\", "\\\\", "\\u0061", "&", "&amp;", "&#97;", "abababab", VALUE
        };
        var text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    @Property(tries = 500)
    void findsAnyMixtureOfOneKindOfEscapes(
            @ForAll Random random, @ForAll @StringLength(min = 8, max = 20) String value) {
        String[] kinds = {"%%%02x", "\\u%04x", "&#%d;", "&#x%X;"};
        int kind = random.nextInt(kinds.length);
        var text = new StringBuilder("x");
        if (kind == 0) {
            for (byte octet : utf8(value)) {
                text.append(
                        octet < 0 || !plain(octet) || random.nextBoolean()
                                ? kinds[0].formatted(octet & 0xFF)
                                : "" + (char) octet);
            }
        } else {
            value.codePoints()
                    .forEach(c -> text.append(
                            !plain(c) || random.nextBoolean()
                                    ? kind == 1 ? json(c) : kinds[kind].formatted(c)
                                    : Character.toString(c)));
        }
        boolean isText = value.equals(new String(utf8(value), StandardCharsets.UTF_8));

        String masked = masked(of(value), text.append("y").toString());

        assertThat(!isText || masked.equals("x*y")).as(text + " -> " + masked).isTrue();
    }

    private static boolean plain(int c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private static String json(int codePoint) {
        var escapes = new StringBuilder();
        for (char c : Character.toChars(codePoint)) {
            escapes.append("\\u%04x".formatted((int) c));
        }
        return escapes.toString();
    }
}
