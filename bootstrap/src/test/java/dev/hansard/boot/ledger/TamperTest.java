// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.ledger;

import static dev.hansard.boot.ledger.RecordedFolder.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.boot.ledger.RecordedFolder.Verified;
import dev.hansard.core.ledger.MerkleLedger;
import dev.hansard.core.ledger.verify.Finding;
import dev.hansard.core.ledger.verify.Finding.Kind;
import dev.hansard.ports.ledger.StoredRecords;
import dev.hansard.ports.ledger.StoredRecords.Container;
import dev.hansard.ports.ledger.StoredRecords.StoredRecord;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.LedgerStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever owns disk, object store and database tries to change the past: each attempt is found, and says where. */
final class TamperTest {
    private static final int SEALED = 60;
    private static final int ALL = 72;
    private static final int STEP = Boolean.getBoolean("hansard.every-bit") ? 1 : 61;

    @TempDir
    private static Path template;

    private static RecordedFolder untouched;
    private static String checkpoint;

    @TempDir
    private Path temporary;

    private RecordedFolder node;

    @BeforeAll
    static void recordsOnce() {
        untouched = new RecordedFolder(template, RecordedFolder.newKey()).record(0, SEALED, ALL);
        checkpoint = untouched.checkpoint();
    }

    @BeforeEach
    void copies() {
        node = untouched.copy(temporary.resolve("node"));
    }

    @Test
    void findsNothingWhereNothingWasTouched() {
        Verified verified = node.verify(checkpoint);

        assertThat(verified.findings()).isEmpty();
        assertThat(verified.result().records()).isEqualTo(ALL);
    }

    @Test
    void byteOfARecordInASegment() throws IOException {
        StoredRecord victim = records(segment(1)).get(5);
        flip(segment(1), victim.offset() + 400);

        assertThat(node.verify(null).sessions(Kind.EDITED)).containsExactly(victim.id());
    }

    @Test
    void byteOfARecordInTheSpool() throws IOException {
        StoredRecord victim = records(node.spoolFile()).getLast();
        flip(node.spoolFile(), victim.offset() + 400);

        assertThat(node.verify(null).sessions(Kind.EDITED)).containsExactly(victim.id());
    }

    @Test
    void footerOfASegment() throws IOException {
        flip(segment(0), Files.size(segment(0)) - 60);

        assertThat(node.verify(null).kinds()).containsExactly(Kind.DAMAGED);
    }

    @Test
    void deletedSegment() throws IOException {
        List<StoredRecord> gone = records(segment(0));
        Files.delete(segment(0));

        Verified verified = node.verify(null);

        assertThat(verified.sessions(Kind.MISSING))
                .containsExactlyElementsOf(gone.stream().map(StoredRecord::id).toList());
    }

    @Test
    void deletedSpoolFile() throws IOException {
        Files.delete(node.spoolFile());

        assertThat(node.verify(null).sessions(Kind.MISSING)).hasSize(ALL - SEALED);
    }

    @Test
    void recordCutOutOfASegment() throws IOException {
        List<StoredRecord> records = records(segment(1));
        byte[] bytes = Files.readAllBytes(segment(1));
        int from = (int) records.get(3).offset();
        int to = (int) records.get(4).offset();
        Files.write(segment(1), joined(bytes, 0, from, to, bytes.length));

        Verified verified = node.verify(null);

        assertThat(verified.sessions(Kind.MISSING))
                .containsExactly(records.get(3).id());
        assertThat(verified.kinds()).contains(Kind.DAMAGED);
    }

    @Test
    void truncatedSegment() throws IOException {
        List<StoredRecord> records = records(segment(1));
        byte[] bytes = Files.readAllBytes(segment(1));
        Files.write(segment(1), Arrays.copyOf(bytes, (int) records.getLast().offset()));

        Verified verified = node.verify(null);

        assertThat(verified.sessions(Kind.MISSING))
                .containsExactly(records.getLast().id());
        assertThat(verified.kinds()).contains(Kind.DAMAGED);
    }

    @Test
    void reorderedRecords() throws IOException {
        List<StoredRecord> records = records(segment(1));
        byte[] bytes = Files.readAllBytes(segment(1));
        int first = (int) records.get(2).offset();
        int second = (int) records.get(3).offset();
        int end = (int) records.get(4).offset();
        Files.write(segment(1), joined(bytes, 0, first, second, end, first, second, end, bytes.length));

        Verified verified = node.verify(null);

        assertThat(verified.sessions(Kind.REORDERED))
                .containsExactly(records.get(2).id());
    }

    @Test
    void recordThatClaimsThePlaceOfAnother() throws IOException {
        List<StoredRecord> records = records(segment(1));
        stamp(segment(1), records.get(2), records.get(3).sequence());

        Verified verified = node.verify(null);

        assertThat(verified.sessions(Kind.SWAPPED))
                .containsExactly(records.get(2).id());
        assertThat(verified.sessions(Kind.MISSING))
                .containsExactly(records.get(2).id());
    }

    @Test
    void swappedSegments() throws IOException {
        Path other = temporary.resolve("other");
        Files.move(segment(0), other);
        Path one = segment(0);
        Path missing = untouched.folder.relativize(untouched.segments().getFirst());
        Files.move(one, node.folder.resolve(missing), StandardCopyOption.REPLACE_EXISTING);
        Files.move(other, one);

        Verified verified = node.verify(null);

        assertThat(verified.findings())
                .filteredOn(finding -> finding.kind() == Kind.DAMAGED)
                .hasSize(2);
    }

    @Test
    void copiedSegmentUnderAnotherName() throws IOException {
        Path copy = segment(0).resolveSibling("00000000-0000-8000-8000-000000000000.warc.zst");
        Files.copy(segment(0), copy);

        assertThat(node.verify(null).kinds()).contains(Kind.COPIED, Kind.DAMAGED);
    }

    @Test
    void insertedRecord() throws IOException {
        List<StoredRecord> records = records(segment(1));
        byte[] bytes = Files.readAllBytes(segment(1));
        int from = (int) records.get(0).offset();
        int to = (int) records.get(1).offset();
        Path forged = Files.write(temporary.resolve("forged"), joined(bytes, 0, to, from, bytes.length));
        stamp(
                forged,
                new StoredRecord(records.get(0).id(), 1, to, records.get(0).frame(), null),
                900);
        Files.copy(forged, segment(1), StandardCopyOption.REPLACE_EXISTING);

        assertThat(node.verify(null).sessions(Kind.UNLISTED))
                .containsExactly(records.get(0).id());
    }

    @Test
    void changedRow() {
        rows(catalog -> {
            CatalogEntry row = catalog.find(id(7)).orElseThrow();
            catalog.forget(List.of(row.summary().id()));
            SessionSummary other = altered(row.summary(), id(7), 418);
            catalog.index(List.of(new CatalogEntry(row.sequence(), other, row.location())), catalog.indexedUpTo());
        });

        assertThat(node.verify(null).sessions(Kind.ROW_CHANGED)).containsExactly(id(7));
    }

    @Test
    void deletedRow() {
        rows(catalog -> catalog.forget(List.of(id(7))));

        assertThat(node.verify(null).sessions(Kind.ROW_MISSING)).containsExactly(id(7));
    }

    @Test
    void insertedRow() {
        rows(catalog -> catalog.index(
                List.of(new CatalogEntry(
                        1000,
                        altered(catalog.find(id(7)).orElseThrow().summary(), id(999), 200),
                        new FrameLocation("payments/default/nowhere.warc.zst", 0, 100))),
                catalog.indexedUpTo()));

        assertThat(node.verify(null).sessions(Kind.ROW_UNLISTED)).containsExactly(id(999));
    }

    @Test
    void everythingRolledBackToAnOldBackup() {
        RecordedFolder backup = node.copy(temporary.resolve("backup"));
        node.record(ALL, ALL + 10, ALL + 10);
        String newer = node.checkpoint();

        Verified verified = backup.verify(newer);

        assertThat(verified.kinds()).containsExactly(Kind.ROLLED_BACK);
    }

    @Test
    void nodeRolledBackBesideItsStore() throws IOException {
        RecordedFolder backup = node.copy(temporary.resolve("backup"));
        node.record(ALL, ALL + 10, ALL + 10);
        delete(node.folder.resolve("ledger"));
        new RecordedFolder(backup.folder.resolve("ledger"), node.key).copy(node.folder.resolve("ledger"));

        try (MerkleLedger ledger = node.ledger()) {
            assertThatThrownBy(() -> ledger.append(List.of(), SpoolPosition.START))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("its folder is older");
        }
    }

    @Test
    void historyWrittenAnewAndSignedWithAnOldKey() throws IOException {
        var forged = new RecordedFolder(temporary.resolve("forged"), RecordedFolder.newKey()).record(0, 40, 40);
        delete(node.folder);
        forged.copy(node.folder);

        Verified verified = node.verify(checkpoint);

        assertThat(verified.kinds()).containsExactly(Kind.UNSIGNED, Kind.ROLLED_BACK);
    }

    @Test
    void historyWrittenAnewWithTheRightKey() throws IOException {
        var forged = new RecordedFolder(temporary.resolve("forged"), node.key).record(0, 90, 90);
        delete(node.folder);
        forged.copy(node.folder);

        assertThat(node.verify(null).findings()).isEmpty();
        assertThat(node.verify(checkpoint).kinds()).containsExactly(Kind.FORKED);
    }

    @Test
    void editedLeaf() throws IOException {
        Path bundle = node.folder.resolve("payloads/_ledger/node-1/tile/entries/000.p/" + ALL);
        flip(bundle, 500);

        Verified verified = node.verify(null);

        assertThat(verified.kinds()).contains(Kind.LEAF_CHANGED);
        assertThat(verified.findings())
                .filteredOn(each -> each.kind() == Kind.LEAF_CHANGED)
                .hasSize(1);
    }

    @Test
    void deletedLeaves() throws IOException {
        Files.delete(node.folder.resolve("payloads/_ledger/node-1/tile/entries/000.p/" + ALL));

        assertThat(node.verify(null).kinds()).contains(Kind.LEAF_MISSING);
    }

    @Test
    void editedTile() throws IOException {
        flip(node.folder.resolve("payloads/_ledger/node-1/tile/0/000.p/" + ALL), 500);

        Verified verified = node.verify(null);

        assertThat(verified.kinds()).contains(Kind.TILE_CHANGED);
        assertThat(verified.findings()).anyMatch(finding -> finding.toString().contains("tile/0/"));
    }

    @Test
    void deletedTile() throws IOException {
        Files.delete(node.folder.resolve("payloads/_ledger/node-1/tile/0/000.p/" + ALL));

        Verified verified = node.verify(null);

        assertThat(verified.kinds()).containsExactly(Kind.TILE_CHANGED);
        assertThat(verified.findings()).allMatch(finding -> finding.toString().contains("tile/0/"));
    }

    @Test
    void editedCheckpoint() throws IOException {
        Path note = node.folder.resolve("payloads/_ledger/node-1/checkpoint/%020d".formatted(ALL));
        Files.writeString(note, Files.readString(note).replace("\n" + ALL + "\n", "\n" + (ALL - 1) + "\n"));

        assertThat(node.verify(null).kinds()).contains(Kind.UNSIGNED);
    }

    /** F6: each bit through the reader takes minutes, so a build tries some, and {@code -Dhansard.every-bit} all. */
    @Test
    void everyBitOfASegment() throws IOException {
        Path segment = segment(1);
        byte[] bytes = Files.readAllBytes(segment);
        String name = node.folder.resolve("payloads").relativize(segment).toString();
        var flipping = new OneSegment(name, bytes);
        List<String> truth = told(flipping);

        int found = 0;
        int tried = 0;
        for (int bit = 0; bit < 8 * bytes.length; bit += STEP) {
            flipping.flip(bit);
            tried++;
            found += told(flipping).equals(truth) ? 0 : 1;
            flipping.flip(bit);
        }

        assertThat(found).isEqualTo(tried);
    }

    private static List<String> told(OneSegment segment) {
        var told = new ArrayList<String>();
        try (StoredRecords records = LedgerStorage.records(null, segment, RecordedFolder.NODE)) {
            records.read(new Container(segment.name(), 1, ALL, false), new StoredRecords.Visitor() {
                @Override
                public void record(StoredRecord record) {
                    told.add(record.id() + " " + record.sequence() + " " + record.frame());
                }

                @Override
                public void damage(String what) {
                    told.add(what);
                }
            });
        }
        return told;
    }

    private interface Change {
        void on(SessionCatalog catalog);
    }

    private void rows(Change change) {
        try (SessionCatalog catalog = node.catalog()) {
            change.on(catalog);
            assertThat(catalog.since(0, SessionQuery.ALL, 1000)).isNotEmpty();
        }
    }

    private static SessionSummary altered(SessionSummary row, SessionId id, int status) {
        return new SessionSummary(
                id,
                row.service(),
                row.node(),
                row.listener(),
                row.startedAt(),
                row.durationMicros(),
                row.state(),
                row.ending(),
                row.code(),
                row.durability(),
                row.retention(),
                row.caller(),
                row.method(),
                row.target(),
                row.host(),
                status,
                row.requestBytes(),
                row.responseBytes(),
                row.truncated(),
                row.traceId());
    }

    private Path segment(int number) {
        return node.segments().get(number);
    }

    private List<StoredRecord> records(Path container) {
        var found = new ArrayList<StoredRecord>();
        try (StoredRecords records =
                LedgerStorage.records(node.folder.resolve("spool"), node.payloads(), RecordedFolder.NODE)) {
            for (Container each : records.containers()) {
                if (container.toString().endsWith(each.name())
                        || each.name().contains(container.getFileName().toString())) {
                    records.read(each, new StoredRecords.Visitor() {
                        @Override
                        public void record(StoredRecord record) {
                            found.add(record);
                        }

                        @Override
                        public void damage(String what) {
                            throw new IllegalStateException(what);
                        }
                    });
                }
            }
        }
        return found;
    }

    private static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 4;
        Files.write(file, bytes);
    }

    /** Gives a frame another sequence, with a right checksum: its writer has no secret that others lack. */
    private static void stamp(Path file, StoredRecord record, long sequence) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer frame = ByteBuffer.wrap(bytes, (int) record.offset(), bytes.length - (int) record.offset())
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(32, sequence);
        int head = 8 + frame.getInt(4);
        var crc = new CRC32C();
        crc.update(frame.slice(0, 20));
        crc.update(frame.slice(24, head - 24));
        frame.putInt(20, (int) crc.getValue());
        Files.write(file, bytes);
    }

    private static byte[] joined(byte[] bytes, int... ends) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < ends.length; i += 2) {
            out.write(bytes, ends[i], ends[i + 1] - ends[i]);
        }
        return out.toByteArray();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void namesWhatItFoundInWords() throws IOException {
        StoredRecord victim = records(segment(1)).get(5);
        flip(segment(1), victim.offset() + 400);

        Finding finding = node.verify(null).findings().stream()
                .filter(each -> each.kind() == Kind.EDITED)
                .findFirst()
                .orElseThrow();

        assertThat(finding.toString())
                .startsWith("edited " + victim.id() + " in search/default/2026/11/23/12/")
                .endsWith(": its bytes are not those that were entered");
    }
}
