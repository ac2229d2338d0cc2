// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.search.Phrase;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.FrameScanner.Found;
import dev.hansard.storage.tokens.PhraseFinder;
import dev.hansard.storage.tokens.TextFeed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies on the disk, reading ends, and with nothing but the exceptions that say so. */
class FrameReaderFuzzTest {
    private static final FrameKeys KEYS = keys();

    private static final Phrase PHRASE = new Phrase("ord_1");

    private static FrameKeys keys() {
        try {
            var sources = new Sources(InstantSource.fixed(Exchanges.NOON), () -> 0, new Random(7));
            return FrameKeys.open(new InMemoryKeyWrapper(), new SimulatedDisk(1), new InMemoryPayloadStore(), sources);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[][] frames() {
        byte[] bytes = frame(FrameKeys.NONE);
        return new byte[][] {bytes, frame(KEYS), Arrays.copyOf(bytes, 3 * bytes.length), new byte[100]};
    }

    private static byte[] frame(FrameKeys keys) {
        try (var encoder = new FrameEncoder(keys)) {
            EncodedFrame frame = encoder.encode(FrameKind.COMPLETE, Exchanges.of(1));
            frame.stamp(1, 1);
            var bytes = new byte[frame.length()];
            frame.view().get(bytes);
            return bytes;
        }
    }

    @MethodSource("frames")
    @FuzzTest(maxDuration = "10s")
    void readsAnything(byte[] bytes) throws IOException {
        restamp(bytes);
        var file = new MemoryFile(bytes);
        var scanner = new FrameScanner(file, 0, bytes.length, null, false);
        for (Found found = scanner.next(); found != null; found = scanner.next()) {
            read(file, found, scanner);
        }
        pieces(bytes);
    }

    @MethodSource("records")
    @FuzzTest(maxDuration = "10s")
    void findsTextsInAnything(byte[] bytes) {
        var feed = new TextFeed(new PhraseFinder(PHRASE));
        for (Direction direction : Direction.values()) {
            try {
                RecordText text = RecordText.of(bytes, direction, bytes.length % 2 == 0);
                text.head(feed);
                text.content(feed);
            } catch (IOException _) {
                // As it should be.
            }
        }
    }

    static byte[][] records() {
        String head = """
                WARC/1.1
                Content-Length: %d

                POST /a?b=%%63 HTTP/1.1
                Content-Type: application/json

                %s

                """.replace("\n", "\r\n");
        return new byte[][] {
            head.formatted(64, "{\"a\":\"\\u00fc\"}").getBytes(StandardCharsets.UTF_8),
            head.formatted(70, "4\r\nabcd\r\n0\r\n").getBytes(StandardCharsets.UTF_8),
            new byte[0]
        };
    }

    /** Gives the first head a right checksum, or the fuzzer would never get behind it. */
    private static void restamp(byte[] bytes) {
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = bytes.length < FrameFormat.HEAD ? -1 : FrameFormat.headLength(view);
        if (length >= 0 && length <= bytes.length) {
            FrameFormat.stamp(bytes, 1, 1);
        }
    }

    private static void read(MemoryFile file, Found found, FrameScanner scanner) {
        SessionId id = found.head().id();
        try (var words = new FrameWords(KEYS)) {
            words.read(new FileFrame(file, found.offset()), found.head());
        }
        try {
            scanner.summary(found);
        } catch (IOException | StorageException _) {
            // As it should be.
        }
        try (var search = new FrameSearch(PHRASE)) {
            FrameReader reader = FrameReader.open(
                    new FileFrame(file, found.offset()), found.head().frameLength(), id, KEYS);
            reader.session();
            search.in(reader);
            for (Direction direction : Direction.values()) {
                try (var in = reader.body(direction)) {
                    in.readNBytes(1 << 20);
                }
            }
        } catch (IOException | StorageException _) {
            // As it should be.
        }
    }

    private static void pieces(byte[] bytes) throws IOException {
        if (bytes.length >= FileHeader.LENGTH) {
            FileHeader.decode(ByteBuffer.wrap(bytes));
        }
        if (bytes.length >= SegmentFooter.BLOCK_HEAD) {
            SegmentFooter.blockLength(bytes);
            try {
                SegmentFooter.readBlock(bytes, "key");
            } catch (StorageException _) {
                // As it should be.
            }
        }
        SegmentFooter.readTrailer(bytes);
    }
}
