// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.search.Phrase;
import dev.hansard.ports.search.Spoken;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.tokens.TokenBlock;
import dev.hansard.storage.tokens.TokenFilter;
import dev.hansard.storage.tokens.TokenHasher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the index of words rules out, and what it never does. */
@Timeout(60)
class SegmentWordsTest {
    private static final int COUNT = 2_000;

    private static Spoken spoken(int number, String more) {
        String request = "{\"order\":\"ord_" + number + "\",\"amount\":" + number * 7 + more + "}";
        return Spoken.of("payments", Spoken.NOON.plusMillis(number), number, request, "{\"accepted\":true}");
    }

    private static List<Spoken> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> spoken(i, "")).toList();
    }

    private static SearchedSegments sealed(UnaryOperator<SpoolStores> with, List<Spoken> exchanges) throws IOException {
        var its = new SearchedSegments(with);
        its.seal(exchanges);
        return its;
    }

    private static List<TokenBlock> blocks(SearchedSegments its, Segment segment) throws IOException {
        byte[] bytes = its.bytes(segment.key());
        SegmentFooter.Trailer trailer = trailer(bytes);
        assertThat(trailer.wordsAt()).isPositive();
        return Objects.requireNonNull(TokenBlock.decodeAll(
                Arrays.copyOfRange(bytes, (int) trailer.wordsAt(), bytes.length - SegmentFooter.TRAILER)));
    }

    private static SegmentFooter.Trailer trailer(byte[] segment) {
        return Objects.requireNonNull(SegmentFooter.readTrailer(
                Arrays.copyOfRange(segment, segment.length - SegmentFooter.TRAILER, segment.length)));
    }

    @Test
    void rulesOutBlocksThatLackAWord() throws IOException {
        try (var its = sealed(UnaryOperator.identity(), many(COUNT))) {
            SearchedSegments.Outcome outcome = its.search("ord_1234");
            SearchedSegments.Outcome none = its.search("ord_12345");

            assertThat(outcome.found()).containsExactly(spoken(1234, "").id());
            assertThat(outcome.cost().blocks()).isEqualTo(4);
            assertThat(outcome.cost().blocksSkipped()).isEqualTo(3);
            assertThat(outcome.cost().sessionsRead()).isEqualTo(512);
            assertThat(none.cost().blocksSkipped()).isEqualTo(4);
            assertThat(none.cost().recordBytes()).isZero();
        }
    }

    @Test
    void readsASegmentThatHasNoWords() throws IOException {
        try (var its = sealed(UnaryOperator.identity(), many(30))) {
            Segment segment = its.only();
            byte[] old = withoutWords(its.bytes(segment.key()));
            its.payloads().delete(segment.key());
            its.payloads().put(segment.key(), new ByteArrayInputStream(old), old.length, sha256(old));

            SearchedSegments.Outcome outcome = its.search("ord_7");

            assertThat(outcome.found()).containsExactly(spoken(7, "").id());
            assertThat(outcome.cost().blocksUnindexed()).isEqualTo(1);
            assertThat(outcome.cost().sessionsRead()).isEqualTo(30);
            its.node().rebuildCatalog(_ -> {});
            assertThat(its.segments().records(segment)).hasSize(30);
        }
    }

    /** As versions before this one made them. */
    private static byte[] withoutWords(byte[] segment) {
        int from = (int) trailer(segment).wordsAt();
        byte[] old = Arrays.copyOf(segment, from + SegmentFooter.TRAILER);
        System.arraycopy(segment, segment.length - SegmentFooter.TRAILER, old, from, SegmentFooter.TRAILER);
        ByteBuffer view = ByteBuffer.wrap(old).order(ByteOrder.LITTLE_ENDIAN);
        view.putLong(from + 40, 0);
        var crc = new CRC32C();
        crc.update(old, from + 24, SegmentFooter.TRAILER - 24);
        view.putInt(from + 20, (int) crc.getValue());
        return old;
    }

    private static String sha256(byte[] bytes) throws IOException {
        return SegmentStore.digest(new ByteArrayInputStream(bytes));
    }

    @Test
    void readsASegmentWhoseWordsAreDamaged() throws IOException {
        try (var its = sealed(UnaryOperator.identity(), many(600))) {
            Segment segment = its.only();
            byte[] bytes = its.bytes(segment.key());
            bytes[(int) trailer(bytes).wordsAt() + 60] ^= 1;
            its.payloads().delete(segment.key());
            its.payloads().put(segment.key(), new ByteArrayInputStream(bytes), bytes.length, sha256(bytes));

            SearchedSegments.Outcome outcome = its.search("ord_7");

            assertThat(outcome.found()).containsExactly(spoken(7, "").id());
            assertThat(outcome.cost().sessionsRead()).isEqualTo(600);
        }
    }

    /** One session with too many words must not make its neighbours be read by every search. */
    @Test
    void putsASessionWithTooManyWordsIntoABlockOfItsOwn() throws IOException {
        var words = new StringBuilder(",\"words\":\"");
        IntStream.range(0, FrameWords.MAX_SESSION_TOKENS)
                .forEach(i -> words.append("w").append(i).append(' '));
        var exchanges = new ArrayList<>(many(20));
        exchanges.set(10, spoken(10, words.append('"').toString()));
        try (var its = sealed(UnaryOperator.identity(), exchanges)) {
            SearchedSegments.Outcome outcome = its.search("ord_99");
            SearchedSegments.Outcome found = its.search("w31999");

            assertThat(outcome.cost().blocks()).isEqualTo(3);
            assertThat(outcome.cost().blocksSkipped()).isEqualTo(2);
            assertThat(outcome.cost().blocksUnindexed()).isEqualTo(1);
            assertThat(outcome.cost().sessionsRead()).isEqualTo(1);
            assertThat(found.found()).containsExactly(exchanges.get(10).id());
            assertThat(its.segments().records(its.only())).hasSize(20);
        }
    }

    @Test
    void forgetsTheWordsOfASessionThatIsErased() throws IOException {
        try (var its = sealed(UnaryOperator.identity(), many(100))) {
            SessionId gone = spoken(42, "").id();

            its.segments().remove(its.only(), id -> !id.equals(gone));
            its.catalog().forget(List.of(gone));

            assertThat(filters(its)).noneMatch(filter -> filter.mayHoldAll(TokenHasher.hashes(new Phrase("ord_42"))));
            assertThat(its.search("ord_42").found()).isEmpty();
            assertThat(its.search("ord_43").found())
                    .containsExactly(spoken(43, "").id());
        }
    }

    private static List<TokenFilter> filters(SearchedSegments its) throws IOException {
        return blocks(its, its.only()).stream()
                .map(block -> TokenFilter.of(Objects.requireNonNull(block.filter())))
                .toList();
    }

    @Test
    void keepsWordsOfEncryptedSessionsEncrypted() throws IOException {
        try (var clear = sealed(UnaryOperator.identity(), many(50));
                var its = sealed(stores -> stores.encryptingBy(new InMemoryKeyWrapper()), many(50))) {
            TokenBlock block = blocks(its, its.only()).getFirst();
            TokenBlock open = blocks(clear, clear.only()).getFirst();

            assertThat(block.seals()).hasSize(1);
            assertThat(block.filter()).isNotEqualTo(open.filter());
            assertThat(its.search("ord_7").found())
                    .containsExactly(spoken(7, "").id());
            assertThat(its.search("ord_77").cost().blocksSkipped()).isEqualTo(1);
        }
    }

    /** A copy of the segment that could not be rewritten, such as one under an object lock, confirms no word. */
    @Test
    void saysNothingOfABlockOnceOneOfItsKeysIsDestroyed() throws IOException {
        UnaryOperator<SpoolStores> each =
                stores -> stores.encryptingBy(new InMemoryKeyWrapper()).withKeysOfSessions(true);
        try (var its = sealed(each, many(50))) {
            assertThat(its.search("ord_99").cost().blocksSkipped()).isEqualTo(1);

            its.segments().shred(its.only(), spoken(7, "").id());

            SearchedSegments.Outcome outcome = its.search("ord_7");
            assertThat(outcome.found()).isEmpty();
            assertThat(outcome.cost().blocksUnindexed()).isEqualTo(1);
            assertThat(outcome.cost().unreadable()).isEqualTo(1);
            assertThat(its.search("ord_8").found())
                    .containsExactly(spoken(8, "").id());

            its.segments().remove(its.only(), id -> !id.equals(spoken(7, "").id()));
            assertThat(its.search("ord_99").cost().blocksSkipped()).isEqualTo(1);
        }
    }

    @Test
    void leavesOutWhatOnlyHasItsRowLeft() throws IOException {
        try (var its = sealed(UnaryOperator.identity(), many(10))) {
            its.segments().remove(its.only(), _ -> false, Segments.Rows.STAY);

            assertThat(its.search("ord_7").found()).isEmpty();
        }
    }

    /** Or whoever is killed while sealing would leave a segment that nobody knows of. */
    @Test
    void makesTheSameSegmentOfTheSameSessions() throws IOException {
        UnaryOperator<SpoolStores> encrypted = stores -> stores.encryptingBy(new InMemoryKeyWrapper());
        try (var its = sealed(encrypted, many(50))) {
            Segment before = its.only();
            byte[] bytes = its.bytes(before.key());

            its.segments().remove(before, id -> !id.equals(spoken(7, "").id()));
            Segment first = its.only();
            its.payloads().put(before.key(), new ByteArrayInputStream(bytes), bytes.length, sha256(bytes));
            its.segments().remove(before, id -> !id.equals(spoken(7, "").id()));

            assertThat(its.only()).isEqualTo(first);
        }
    }
}
