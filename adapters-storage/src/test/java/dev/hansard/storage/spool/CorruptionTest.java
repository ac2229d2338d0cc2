// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.FrameScanner.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A spool file damaged at every place it has (THREATS.md F6). */
class CorruptionTest {
    private static final long SALT = 0x5EED_5EED_5EED_5EEDL;
    private static final int ROOM = 700;

    private final List<Integer> starts = new ArrayList<>();
    private final byte[] file = threeFrames();

    @Test
    void seesEveryFlippedBitAndKeepsTheOtherFrames() throws IOException {
        for (int bit = 8 * FileHeader.LENGTH; bit < 8 * (file.length - ROOM); bit++) {
            byte[] damaged = flipped(bit);
            int hit = frameAt(bit / 8);
            var scanner = new FrameScanner(new MemoryFile(damaged), FileHeader.LENGTH, damaged.length, SALT, true);

            List<SessionId> found = ids(scanner);

            assertThat(found).as("bit %d", bit).isEqualTo(allBut(hit));
            assertThat(scanner.gaps()).as("bit %d", bit).hasSize(1);
        }
    }

    @Test
    void findsAllFramesBehindALostHeader() throws IOException {
        for (int bit = 0; bit < 8 * FileHeader.LENGTH; bit++) {
            byte[] damaged = flipped(bit);

            FileHeader header = FileHeader.decode(ByteBuffer.wrap(damaged, 0, FileHeader.LENGTH));
            var scanner = new FrameScanner(new MemoryFile(damaged), FileHeader.LENGTH, damaged.length, null, true);

            assertThat(header).as("bit %d", bit).isNull();
            assertThat(ids(scanner)).as("bit %d", bit).isEqualTo(allBut(-1));
        }
    }

    @Test
    void keepsWhatIsWholeWhereverTheFileIsTorn() throws IOException {
        int last = starts.get(2);
        int end = file.length - ROOM;
        for (int torn = last; torn < end; torn++) {
            byte[] cut = Arrays.copyOf(Arrays.copyOf(file, torn), file.length);
            var scanner = new FrameScanner(new MemoryFile(cut), FileHeader.LENGTH, cut.length, SALT, true);

            List<SessionId> found = ids(scanner);

            boolean whole = Arrays.equals(cut, file);
            assertThat(found).as("torn at %d", torn).isEqualTo(allBut(whole ? -1 : 2));
            assertThat(scanner.gaps()).hasSize(torn == last || whole ? 0 : 1);
            assertThat(scanner.gaps()).allMatch(FrameScanner.Gap::tail);
        }
    }

    @Test
    void tellsWhichSequenceATornRecordHad() throws IOException {
        byte[] torn = file.clone();
        torn[file.length - ROOM - 1] ^= 1;
        var scanner = new FrameScanner(new MemoryFile(torn), FileHeader.LENGTH, torn.length, SALT, true);

        assertThat(ids(scanner)).isEqualTo(allBut(2));
        assertThat(scanner.tornSequence()).isEqualTo(3);
    }

    @Test
    void findsFramesBehindAPageOfZeros() throws IOException {
        byte[] damaged = file.clone();
        Arrays.fill(damaged, starts.get(1), starts.get(2), (byte) 0);
        var scanner = new FrameScanner(new MemoryFile(damaged), FileHeader.LENGTH, damaged.length, SALT, true);

        assertThat(ids(scanner)).isEqualTo(allBut(1));
    }

    @Test
    void takesNoFrameOutOfSomebodysBody() throws IOException {
        // A body that looks like a frame, in a record whose own frame is damaged.
        byte[] inner = Arrays.copyOfRange(file, starts.get(0), starts.get(1));
        FrameFormat.stamp(inner, SALT + 1, 9);
        byte[] damaged = file.clone();
        System.arraycopy(
                inner, 0, damaged, starts.get(1) + 1, Math.min(inner.length, starts.get(2) - starts.get(1) - 1));
        var scanner = new FrameScanner(new MemoryFile(damaged), FileHeader.LENGTH, damaged.length, SALT, true);

        assertThat(ids(scanner)).isEqualTo(allBut(1));
    }

    @Test
    void startsOnDamagedFilesAndKeepsACopyOfTheDamage() throws IOException {
        for (int bit = 3; bit < 8 * (file.length - ROOM); bit += 997) {
            var disk = new SimulatedDisk(1);
            disk.overwrite(SpoolFiles.nameOf(1), flipped(bit));
            var catalog = new InMemorySessionCatalog();
            try (SpoolNode node = open(disk, catalog)) {
                while (node.indexer().step() >= 0) {
                    assertThat(node.stats().trouble()).isEmpty();
                }

                int hit = bit / 8 < FileHeader.LENGTH ? -1 : frameAt(bit / 8);
                for (SessionId id : allBut(hit)) {
                    assertThat(node.archive().find(id)).as("bit %d", bit).isPresent();
                }
                assertThat(catalog.lastSequence()).isBetween(2L, 3L);
                assertThat(disk.list().stream().anyMatch(name -> name.contains("damaged")))
                        .isEqualTo(hit >= 0);
                assertThat(node.stats().damagedBytes() > 0).isEqualTo(hit >= 0);
            }
        }
    }

    private static SpoolNode open(SimulatedDisk disk, InMemorySessionCatalog catalog) throws IOException {
        var sources = new Sources(() -> Instant.EPOCH, () -> 0, new Random(1));
        var stores = new SpoolStores(catalog, new InMemoryPayloadStore());
        return SpoolNode.open(disk, SpoolSettings.at(Path.of("unused")), stores, Exchanges.NODE, sources);
    }

    private byte[] threeFrames() {
        var out = new ByteSink(8192);
        var header = new FileHeader(1, SALT, Instant.EPOCH, 1, 0, 0);
        out.put(header.encode());
        try (var encoder = new FrameEncoder(FrameKeys.NONE)) {
            for (int i = 0; i < 3; i++) {
                starts.add(out.size());
                EncodedFrame frame = encoder.encode(FrameKind.COMPLETE, Exchanges.of(i));
                frame.stamp(SALT, i + 1);
                out.put(frame.view());
            }
        }
        return Arrays.copyOf(out.toArray(), out.size() + ROOM);
    }

    private byte[] flipped(int bit) {
        byte[] damaged = file.clone();
        damaged[bit / 8] ^= (byte) (1 << (bit % 8));
        return damaged;
    }

    private int frameAt(int offset) {
        return offset >= starts.get(2) ? 2 : offset >= starts.get(1) ? 1 : 0;
    }

    private static List<SessionId> allBut(int hit) {
        var ids = new ArrayList<SessionId>();
        for (int i = 0; i < 3; i++) {
            if (i != hit) {
                ids.add(Exchanges.id(i));
            }
        }
        return ids;
    }

    private static List<SessionId> ids(FrameScanner scanner) throws IOException {
        var ids = new ArrayList<SessionId>();
        @Nullable Found found = scanner.next();
        while (found != null) {
            ids.add(found.head().id());
            found = scanner.next();
        }
        return ids;
    }
}
