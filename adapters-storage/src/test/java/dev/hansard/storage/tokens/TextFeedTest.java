// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextFeedTest {
    /** Writes down what it takes. */
    private static final class Written implements TextSink {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void take(char c) {
            text.append(c);
        }

        @Override
        public void end() {
            text.append('|');
        }
    }

    private static String read(@Nullable TextFormat format, byte[] bytes, int step) {
        assertThat(format).isNotNull();
        var written = new Written();
        var feed = new TextFeed(written);
        feed.begin(format);
        for (int at = 0; at < bytes.length; at += step) {
            feed.put(bytes, at, Math.min(bytes.length, at + step));
        }
        feed.end();
        return written.text.toString();
    }

    private static String read(String contentType, String text) {
        return read(TextFormat.of(contentType), text.getBytes(StandardCharsets.UTF_8), 1000);
    }

    @Provide
    Arbitrary<TextFormat> formats() {
        Arbitrary<Charset> charsets = Arbitraries.of(
                StandardCharsets.UTF_8,
                StandardCharsets.ISO_8859_1,
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE);
        return charsets.flatMap(charset ->
                Arbitraries.of(TextFormat.Escapes.values()).map(escapes -> new TextFormat(escapes, charset)));
    }

    @Property
    void givesTheSameHoweverBytesAreSplit(
            @ForAll("formats") TextFormat format,
            @ForAll("bytes") byte[] bytes,
            @ForAll @IntRange(min = 1, max = 7) int step) {
        assertThat(read(format, bytes, step)).isEqualTo(read(format, bytes, bytes.length + 1));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.strings()
                .withChars("a%4\\u0e9+\"é中")
                .ofMaxLength(900)
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void readsAnyTextInUtf8(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(read(TextFormat.PLAIN, bytes, 3)).isEqualTo(new String(bytes, StandardCharsets.UTF_8) + "|");
    }

    @Test
    void undoesTheEscapesOfJson() {
        assertThat(read("application/json", "{\"a\":\"M\\u00fcller \\/ \\\"x\\\"\\n\\ud83d\\ude00\"}"))
                .isEqualTo("{\"a\":\"Müller / \"x\"\n\ud83d\ude00\"}|");
        assertThat(read("application/problem+json; charset=utf-8", "\"é\\")).isEqualTo("\"é\\|");
        assertThat(read("text/plain", "a\\u0062")).isEqualTo("a\\u0062|");
    }

    @Test
    void undoesTheEscapesOfForms() {
        assertThat(read("application/x-www-form-urlencoded", "n=J%C3%BCrgen+K&x=%zz%4"))
                .isEqualTo("n=Jürgen K&x=%zz%4|");
    }

    @Test
    void knowsOtherCharsets() {
        byte[] bytes = "grün".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(read(TextFormat.of("text/plain; charset=\"iso-8859-1\""), bytes, 1))
                .isEqualTo("grün|");
    }

    @Test
    void leavesAloneWhatIsNoText() {
        assertThat(TextFormat.of("image/png")).isNull();
        assertThat(TextFormat.of("application/grpc")).isNull();
        assertThat(TextFormat.of("text/plain; charset=klingon")).isNull();
        assertThat(TextFeed.formatOf("application/json", "gzip")).isNull();
        assertThat(TextFeed.formatOf("application/json", "identity")).isNotNull();
    }
}
