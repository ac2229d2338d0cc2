// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.ledger.StoredRecords;
import dev.hansard.ports.ledger.StoredRecords.Container;
import dev.hansard.ports.ledger.StoredRecords.StoredRecord;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.storage.spool.LedgerStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bits of a segment of 64 KiB flipped, each alone (THREATS.md F6). Only what a bit can change is read again: its
 * own record, or the digest that the segment's name is made of. {@link TamperTest} flips some through everything.
 */
final class EveryBitTest {
    private static final int LEAST = 64 * 1024;
    private static final int RECORDS = 150;

    /** Of a record a build tries one bit in so many, and {@code -Dhansard.every-bit=true} each. */
    private static final int STEP = Boolean.getBoolean("hansard.every-bit") ? 1 : 37;

    @TempDir
    private static Path folder;

    private static byte[] segment;
    private static String name;
    private static List<FrameLocation> frames;

    @BeforeAll
    static void recordsOnce() throws IOException {
        var node = new RecordedFolder(folder, RecordedFolder.newKey()).record(0, RECORDS, RECORDS);
        Path largest = node.segments().stream()
                .max(Comparator.comparingLong(file -> file.toFile().length()))
                .orElseThrow();
        segment = Files.readAllBytes(largest);
        name = node.folder.resolve("payloads").relativize(largest).toString();
        try (SessionCatalog catalog = node.catalog()) {
            frames = catalog.since(0, SessionQuery.ALL, 1000).stream()
                    .map(CatalogEntry::location)
                    .filter(place -> place.container().equals(name))
                    .sorted(Comparator.comparingLong(FrameLocation::offset))
                    .toList();
        }
        assertThat(segment).hasSizeGreaterThanOrEqualTo(LEAST);
    }

    @Test
    @Timeout(1800)
    void ofARecordChangesThatRecord() {
        long flips = frames.parallelStream().mapToLong(EveryBitTest::flipAll).sum();

        assertThat(flips).isGreaterThan(8L * LEAST * 3 / 4);
    }

    /** The answer is how many bits there were. */
    private static long flipAll(FrameLocation frame) {
        int from = (int) frame.offset();
        var alone = new OneSegment(name, Arrays.copyOfRange(segment, from, from + (int) frame.length()));
        List<StoredRecord> truth = records(alone);
        assertThat(truth).hasSize(1);
        for (int bit = 0; bit < 8 * frame.length(); bit += STEP) {
            alone.flip(bit);
            if (isUnchanged(alone, truth.getFirst())) {
                throw new AssertionError("nobody sees bit " + bit + " of " + frame);
            }
            alone.flip(bit);
        }
        return 8 * frame.length();
    }

    @Test
    @Timeout(1800)
    void besideTheRecordsChangesTheDigestThatTheNameIsMadeOf()
            throws GeneralSecurityException, CloneNotSupportedException {
        int first = (int) frames.getFirst().offset();
        int end = (int) (frames.getLast().offset() + frames.getLast().length());
        var untouched = MessageDigest.getInstance("SHA-256");
        byte[] truth = untouched.digest(segment);
        untouched.update(segment, 0, end);

        for (int bit = 0; bit < 8 * first; bit++) {
            requireOther(MessageDigest.getInstance("SHA-256"), 0, bit, truth);
        }
        for (int bit = 8 * end; bit < 8 * segment.length; bit++) {
            requireOther((MessageDigest) untouched.clone(), end, bit, truth);
        }

        assertThat(name).contains(HexFormat.of().formatHex(truth, 0, 4));
    }

    private static void requireOther(MessageDigest digest, int from, int bit, byte[] truth) {
        segment[bit / 8] ^= (byte) (1 << (bit % 8));
        digest.update(segment, from, segment.length - from);
        segment[bit / 8] ^= (byte) (1 << (bit % 8));
        if (Arrays.equals(digest.digest(), truth)) {
            throw new AssertionError("nobody sees bit " + bit);
        }
    }

    private static List<StoredRecord> records(OneSegment alone) {
        var found = new ArrayList<StoredRecord>();
        try (StoredRecords records = LedgerStorage.records(null, alone, RecordedFolder.NODE)) {
            records.read(new Container(name, 1, RECORDS, false), new StoredRecords.Visitor() {
                @Override
                public void record(StoredRecord record) {
                    found.add(record);
                }

                @Override
                public void damage(String what) {
                    // It is a part of a segment, so that it always says so.
                }
            });
        }
        return found;
    }

    private static boolean isUnchanged(OneSegment alone, StoredRecord truth) {
        return records(alone).stream()
                .anyMatch(record -> record.sequence() == truth.sequence()
                        && record.id().equals(truth.id())
                        && record.frame().equals(truth.frame()));
    }
}
