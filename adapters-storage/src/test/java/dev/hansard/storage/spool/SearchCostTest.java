// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.search.SearchCost;
import dev.hansard.ports.search.Spoken;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.storage.spool.SearchedSegments.Outcome;
import dev.hansard.storage.tokens.TokenBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Prints what the words of sessions of 2 + 2 KiB of JSON cost at sealing, and what searches for them cost:
 * {@code mvn test -Dtest=SearchCostTest -Dhansard.bench=true}. Nothing is asserted.
 */
@EnabledIfSystemProperty(named = "hansard.bench", matches = "true")
class SearchCostTest {
    private static final int ROUNDS = 8;
    private static final int SESSIONS = 20_000;

    /** An order and its answer, as an API of a shop gives them: keys that repeat, and some fifty values that do not. */
    private static Spoken spoken(int number) {
        var random = new Random(number);
        var items = new StringBuilder();
        while (items.length() < 1_700) {
            items.append("{\"sku\":\"sku_").append(random.nextInt(5_000));
            items.append("\",\"quantity\":").append(1 + random.nextInt(9));
            items.append(",\"price\":{\"amount\":").append(random.nextInt(20_000));
            items.append(",\"currency\":\"EUR\"},\"note\":\"please leave it at the door\"},");
        }
        String order = "{\"order\":\"ord_" + Long.toString(number, 36) + "\",\"customer\":\"cus_"
                + random.nextInt(1 << 30) + "\",\"key\":\"" + new UUID(random.nextLong(), random.nextLong())
                + "\",\"items\":[" + items + "{}]";
        String request = order + "}";
        String response = order + ",\"payment\":\"pay_" + random.nextInt(1 << 30) + "\",\"status\":\"accepted\"}";
        Spoken spoken = Spoken.of("payments", Spoken.NOON.plusMillis(number * 20L), number, request, response);
        var fields = List.of(
                new Field("Host", "payments.example"),
                new Field("User-Agent", "curl/8.5.0"),
                new Field("Accept", "*/*"),
                new Field("Content-Type", "application/json"),
                new Field("X-Request-Id", new UUID(random.nextLong(), random.nextLong()).toString()),
                new Field("Date", "Mon, 23 Nov 2026 12:00:00 GMT"));
        Session session = Sessions.withFields(spoken.session(), fields, request.length());
        return new Spoken(session, request, response);
    }

    @Test
    void printsTheCostOfSealing() throws IOException {
        printTheCostOfSealing(FrameKeys.NONE, "clear");
        var around = new Sources(() -> Spoken.NOON, System::nanoTime, new Random(1));
        var disk = new SimulatedDisk(1);
        var payloads = new InMemoryPayloadStore();
        var wrapper = new InMemoryKeyWrapper();
        printTheCostOfSealing(FrameKeys.open(wrapper, disk, payloads, around), "encrypted");
        var each = new SpoolStores.Encryption(wrapper, true);
        printTheCostOfSealing(FrameKeys.open(each, disk, payloads, around), "a key each");
    }

    private static void printTheCostOfSealing(FrameKeys keys, String how) throws IOException {
        var frames = new ArrayList<byte[]>();
        try (var encoder = new FrameEncoder(keys)) {
            for (int i = 0; i < 2_048; i++) {
                EncodedFrame frame = encoder.encode(FrameKind.COMPLETE, spoken(i));
                frame.stamp(1, i);
                var bytes = new byte[frame.length()];
                frame.view().get(bytes);
                frames.add(bytes);
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            var block = new BlockWords();
            long tokens = 0;
            long start = cpu();
            try (var words = new FrameWords(keys)) {
                for (int i = 0; i < frames.size(); i++) {
                    byte[] bytes = frames.get(i);
                    FrameHead head = Objects.requireNonNull(
                            FrameFormat.read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)));
                    words.read((from, length) -> new ByteArrayInputStream(bytes, (int) from, (int) length), head);
                    tokens += words.tokens().size();
                    block.add(words);
                    if (i % SegmentFooter.BLOCK == SegmentFooter.BLOCK - 1) {
                        block.end(new TokenBlock.Rows(SegmentFooter.BLOCK, i, 1));
                    }
                }
            }
            double micros = (cpu() - start) / 1000.0 / frames.size();
            var out = new ByteSink(1024);
            block.writeTo(out);
            print(String.format(
                    Locale.ROOT,
                    "words, %s: %.1f us a session, %.0f bytes, %.0f different words, of a frame of %.0f",
                    how,
                    micros,
                    out.size() / (double) frames.size(),
                    tokens / (double) frames.size(),
                    frames.stream().mapToInt(bytes -> bytes.length).average().orElse(0)));
        }
    }

    @Test
    void printsTheCostOfSearching() throws IOException {
        printTheCostOfSearching("clear", UnaryOperator.identity());
        printTheCostOfSearching("encrypted", stores -> stores.encryptingBy(new InMemoryKeyWrapper()));
        printTheCostOfSearching(
                "a key each",
                stores -> stores.encryptingBy(new InMemoryKeyWrapper()).withKeysOfSessions(true));
    }

    private static void printTheCostOfSearching(String how, UnaryOperator<SpoolStores> with) throws IOException {
        try (var its = new SearchedSegments(with)) {
            var some = new ArrayList<Spoken>();
            for (int i = 0; i < SESSIONS; i++) {
                some.add(spoken(i));
                if (some.size() == 1_000) {
                    its.record(some);
                    some.clear();
                }
            }
            its.seal();
            for (int round = 0; round < 3; round++) {
                search(its, how, "ord_" + Long.toString(SESSIONS / 2, 36));
                search(its, how, "ord_nowhere");
                search(its, how, "sku_42");
            }
        }
    }

    private static void search(SearchedSegments its, String how, String phrase) {
        long start = cpu();
        Outcome outcome = its.search(phrase);
        SearchCost cost = outcome.cost();
        print(String.format(
                Locale.ROOT,
                "search, %s, %s: %.1f ms, found %d, blocks %d, skipped %d, read %d of %d bytes, index %d bytes",
                how,
                phrase,
                (cpu() - start) / 1e6,
                outcome.found().size(),
                cost.blocks(),
                cost.blocksSkipped(),
                cost.sessionsRead(),
                cost.recordBytes(),
                cost.indexBytes()));
    }

    /** The thread's, since other work shares the machine. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
