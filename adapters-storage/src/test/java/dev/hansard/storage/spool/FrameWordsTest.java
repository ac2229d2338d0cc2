// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.search.Phrase;
import dev.hansard.ports.search.Spoken;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.MaskedExchange;
import dev.hansard.storage.spool.Exchanges.Exchange;
import dev.hansard.storage.tokens.TextSink;
import dev.hansard.storage.tokens.TokenFilter;
import dev.hansard.storage.tokens.TokenHasher;
import dev.hansard.storage.tokens.TokenSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FrameWordsTest {
    /** A frame and what reads it. */
    private static final class Framed {
        private final byte[] bytes;
        private final FrameHead head;

        Framed(byte[] bytes, FrameHead head) {
            this.bytes = bytes;
            this.head = head;
        }

        static Framed of(MaskedExchange exchange) {
            try (var encoder = new FrameEncoder(FrameKeys.NONE)) {
                EncodedFrame frame = encoder.encode(FrameKind.COMPLETE, exchange);
                frame.stamp(1, 1);
                var bytes = new byte[frame.length()];
                frame.view().get(bytes);
                FrameHead head = FrameFormat.read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
                assertThat(head).isNotNull();
                return new Framed(bytes, head);
            }
        }

        FrameBytes open() {
            return (from, length) -> new ByteArrayInputStream(bytes, (int) from, (int) length);
        }

        FrameReader reader() throws IOException {
            return FrameReader.open(open(), head.frameLength(), head.id(), FrameKeys.NONE);
        }

        Set<Direction> search(String phrase) throws IOException {
            try (var search = new FrameSearch(new Phrase(phrase))) {
                return search.in(reader());
            }
        }

        FrameWords words() {
            try (var words = new FrameWords(FrameKeys.NONE)) {
                words.read(open(), head);
                return words;
            }
        }
    }

    @Provide
    Arbitrary<Exchange> exchanges() {
        return Exchanges.any();
    }

    private static long[] hashes(String text) {
        var set = new TokenSet(1_000_000);
        TextSink sink = new TokenHasher(set);
        text.chars().forEach(c -> sink.take((char) c));
        sink.end();
        return set.toArray();
    }

    private static String asUtf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Property(tries = 200)
    void holdEveryWordOfContentsAndFields(@ForAll("exchanges") Exchange exchange) {
        FrameWords words = Framed.of(exchange).words();

        TokenFilter filter = TokenFilter.of(words.tokens());
        boolean answered = exchange.session().status() > 0;
        if (!words.tokens().isOverflown()) {
            assertThat(filter.mayHoldAll(hashes(asUtf8(exchange.request())))).isTrue();
            assertThat(!answered || filter.mayHoldAll(hashes(asUtf8(exchange.response()))))
                    .isTrue();
            for (Field field : exchange.session().request().headers()) {
                boolean plain = field.value().chars().allMatch(c -> c >= ' ' && c <= 0xFF)
                        && !field.name().isEmpty();
                assertThat(!plain || field.name().contains(":") || filter.mayHoldAll(hashes(asUtf8(field.value()))))
                        .as("%s", field)
                        .isTrue();
            }
        }
    }

    @Property(tries = 200)
    void areAllThereWhereverAPhraseIsFound(@ForAll("exchanges") Exchange exchange) throws IOException {
        String text = asUtf8(exchange.response());
        String phrase = text.substring(text.length() / 2, Math.min(text.length(), text.length() / 2 + 5));
        if (phrase.chars().anyMatch(c -> Phrase.isWord((char) c))
                && exchange.session().status() > 0) {
            Framed framed = Framed.of(exchange);

            boolean found = framed.search(phrase).contains(Direction.RESPONSE);

            FrameWords words = framed.words();
            assertThat(found).isEqualTo(new Phrase(phrase).isIn(text));
            assertThat(!found
                            || words.tokens().isOverflown()
                            || TokenFilter.of(words.tokens()).mayHoldAll(TokenHasher.hashes(new Phrase(phrase))))
                    .isTrue();
        }
    }

    @Test
    void areThoseOfTargetFieldsAndContents() {
        Spoken spoken = Spoken.of("payments", Spoken.NOON, 815, "{\"a\":\"ord_1\"}", "{\"\\u0062\":true}");

        TokenSet found = Framed.of(spoken).words().tokens();

        TokenFilter filter = TokenFilter.of(found);
        for (String word : List.of("v1", "orders", "815", "ord_1", "b", "header_word", "json")) {
            assertThat(filter.mayHoldAll(hashes(word))).as(word).isTrue();
        }
        assertThat(Arrays.stream(found.toArray()).filter(hash -> hash == hashes("u0062")[0]))
                .isEmpty();
    }

    @Test
    void areNotThoseOfBinaryContents() {
        Spoken spoken = Spoken.of("payments", Spoken.NOON, 1, "ord_1", "ord_2", "image/png");

        TokenFilter filter = TokenFilter.of(Framed.of(spoken).words().tokens());

        assertThat(filter.mayHoldAll(hashes("ord_1"))).isFalse();
        assertThat(filter.mayHoldAll(hashes("png"))).isTrue();
    }

    @Test
    void mayBeAnyOfAFrameThatIsDamaged() {
        Framed framed = Framed.of(Exchanges.of(1));
        framed.bytes[(int) framed.head.responseAt() + 3] ^= 1;

        assertThat(framed.words().tokens().isOverflown()).isTrue();
    }

    @Test
    void areThoseOfARecordThatIsTooLongForMemory() throws IOException {
        String text = "x".repeat(FrameTexts.MAX_RECORD) + " ord_9";
        Framed framed = Framed.of(Spoken.of("payments", Spoken.NOON, 1, text, text, "text/plain"));

        TokenSet tokens = framed.words().tokens();

        TokenFilter filter = TokenFilter.of(tokens);
        assertThat(tokens.isOverflown()).isFalse();
        for (String word : List.of("ord_9", "orders", "header_word", "text")) {
            assertThat(filter.mayHoldAll(hashes(word))).as(word).isTrue();
        }
        assertThat(framed.search("ORD_9")).containsExactlyInAnyOrder(Direction.values());
        assertThat(framed.search("ORD_8")).isEmpty();
    }

    @Test
    void mayBeAnyWhereThereAreTooMany() {
        String text = IntStream.range(0, 300_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        Framed framed = Framed.of(Spoken.of("payments", Spoken.NOON, 1, "", text, "text/plain"));

        assertThat(framed.words().tokens().isOverflown()).isTrue();
    }
}
