// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import static dev.hansard.core.ledger.LedgerScene.behind;
import static dev.hansard.core.ledger.LedgerScene.deletion;
import static dev.hansard.core.ledger.LedgerScene.id;
import static dev.hansard.core.ledger.LedgerScene.session;
import static dev.hansard.core.ledger.LedgerScene.sessions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.ledger.EntryCodec;
import dev.hansard.core.ledger.LedgerScene;
import dev.hansard.core.ledger.MerkleLedger;
import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.core.ledger.note.LedgerKey;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.core.ledger.tree.EntryBundle;
import dev.hansard.core.ledger.tree.TileId;
import dev.hansard.core.ledger.tree.TreeHasher;
import dev.hansard.core.ledger.verify.Finding.Kind;
import dev.hansard.ports.ledger.LedgerEntry.Event;
import dev.hansard.ports.ledger.LedgerEntry.EventKind;
import dev.hansard.ports.ledger.StoredRecords.StoredRecord;
import dev.hansard.ports.session.SimulatedDisk;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every way to lie about records, against windows so small that each lie crosses one. */
final class VerificationTest {
    private static final int WINDOW = 100;
    private static final String KEYS = PublishedLedger.FOLDER + LedgerScene.NODE + "/";

    private final LedgerScene scene = new LedgerScene();
    private final FakeRecords records = new FakeRecords().with("a", 1, 250).with("b", 251, 600);
    private final List<Finding> findings = new ArrayList<>();
    private LedgerKey key = LedgerScene.KEY;

    private Verification.Result verify(@Nullable String since) {
        SignedNote old = since == null ? null : SignedNote.parse(since);
        var stores = new Verification.Stores(scene.published, records, null);
        return new Verification(stores, new Verification.Trust(key.publicKey(), old), WINDOW)
                .run(findings::add, (_, _) -> {});
    }

    private String entered() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 600), behind(600));
            ledger.commit();
        }
        return scene.published.checkpoint(scene.newest().size());
    }

    @Test
    void findsNothingWhereAllIsWell() {
        String checkpoint = entered();

        Verification.Result result = verify(checkpoint);

        assertThat(findings).isEmpty();
        assertThat(result.isIntact()).isTrue();
        assertThat(result.leaves()).isEqualTo(600);
        assertThat(result.records()).isEqualTo(600);
        assertThat(result.checkpoint()).isEqualTo(checkpoint);
    }

    @Test
    void findsNothingInAnEmptyLedger() {
        records.segments.clear();

        assertThat(verify(null).isIntact()).isTrue();
    }

    @Test
    void namesEachEditedRecord() {
        entered();
        records.segment("a").set(9, FakeRecords.edited(10));
        records.segment("b").set(99, FakeRecords.edited(350));

        Verification.Result result = verify(null);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.EDITED, Kind.EDITED);
        assertThat(findings).extracting(Finding::id).containsExactly(id(10), id(350));
        assertThat(findings.getFirst())
                .hasToString("edited " + id(10) + " in a at 1000: its bytes are not those that were entered");
        assertThat(result.records()).isEqualTo(598);
    }

    @Test
    void namesEachMissingRecord() {
        entered();
        records.segment("a").remove(99);
        records.segment("b").removeLast();

        verify(null);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.MISSING, Kind.MISSING);
        assertThat(findings).extracting(Finding::id).containsExactly(id(100), id(600));
    }

    @Test
    void doesNotMissWhatADeletionExplains() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 600), behind(600));
            ledger.enter(deletion(1, 249));
            ledger.commit();
        }
        records.segments.remove("a");

        Verification.Result result = verify(null);

        assertThat(findings).extracting(Finding::id).containsExactly(id(250));
        assertThat(result.events()).isEqualTo(1);
    }

    @Test
    void namesRecordsThatStandInEachOthersPlace() {
        entered();
        StoredSwap.of(records.segment("a"), 4, 7);

        verify(null);

        assertThat(findings).extracting(Finding::kind).contains(Kind.SWAPPED);
        assertThat(findings).extracting(Finding::id).contains(id(5), id(8));
    }

    @Test
    void namesRecordsOutOfTheirOrder() {
        entered();
        Collections.swap(records.segment("a"), 4, 5);

        verify(null);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.REORDERED);
        assertThat(findings.getFirst().id()).isEqualTo(id(5));
    }

    @Test
    void namesARecordThatWasNeverEntered() {
        entered();
        records.with("c", 601, 601);

        verify(null);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.UNLISTED);
        assertThat(findings.getFirst().id()).isEqualTo(id(601));
    }

    @Test
    void countsWhatTheSpoolHasNotEnteredYet() {
        entered();
        records.with("spool/2", 601, 603);
        records.growing.add("spool/2");

        Verification.Result result = verify(null);

        assertThat(findings).isEmpty();
        assertThat(result.pending()).isEqualTo(3);
    }

    @Test
    void namesACopyInAnotherSegment() {
        entered();
        records.with("c", 300, 300);

        verify(null);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.COPIED);
    }

    @Test
    void allowsACopyInTheSpool() {
        entered();
        records.with("spool/1", 300, 600);
        records.growing.add("spool/1");

        assertThat(verify(null).isIntact()).isTrue();
    }

    @Test
    void tellsOnceThatAContainerIsDamaged() {
        entered();
        records.damaged.add("b");

        verify(null);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.DAMAGED);
    }

    @Test
    void namesAChangedLeaf() {
        entered();
        changeEntry(300);

        verify(null);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.LEAF_CHANGED);
        assertThat(findings.getFirst().place()).isEqualTo("leaf 299");
        assertThat(findings.getFirst().id()).isEqualTo(id(300));
    }

    @Test
    void tellsAChangedTileFromAChangedLeaf() {
        entered();
        String path = new TileId(0, 1, TileId.WIDTH).path();
        byte[] tile = scene.published.bytes(TileId.parse(path));
        tile[40] ^= 1;
        replace(path, tile);

        verify(null);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.TILE_CHANGED);
        assertThat(findings.getFirst().place()).isEqualTo("leaf 257");
        assertThat(findings.getFirst().text()).isEqualTo(path + " is not what was signed; the leaf is");
    }

    @Test
    void namesLeavesThatAreGone() {
        entered();
        scene.store.delete(KEYS + new TileId(TileId.ENTRIES, 1, TileId.WIDTH).path());

        verify(null);

        assertThat(findings).extracting(Finding::kind).contains(Kind.LEAF_MISSING);
        assertThat(findings.getFirst().place()).isEqualTo("leaves 256 to 511");
    }

    @Test
    void findsALedgerThatWasRewrittenWhole() {
        entered();
        byte[] real = scene.published.checkpoint(600).getBytes(StandardCharsets.UTF_8);
        changeEntry(300);
        changeTile(300);
        replace("checkpoint/%020d".formatted(600), real);

        verify(null);

        assertThat(findings).extracting(Finding::kind).contains(Kind.FORKED);
    }

    @Test
    void findsALedgerThatWasRolledBack() {
        String checkpoint = entered();
        clear();
        try (MerkleLedger older = scene.open(new SimulatedDisk(3))) {
            older.append(sessions(1, 400), behind(400));
            older.commit();
        }
        records.with("b", 251, 400);

        verify(checkpoint);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.ROLLED_BACK);
        assertThat(findings.getFirst().text()).isEqualTo("the ledger has 400 leaves, but had 600 before");
    }

    @Test
    void findsAnotherHistoryThatTheSameKeySigned() {
        String checkpoint = entered();
        clear();
        try (MerkleLedger other = scene.open(new SimulatedDisk(3))) {
            other.append(sessions(1, 99), behind(99));
            other.append(List.of(session(100, FakeRecords.edited(100).frame())), behind(100));
            other.append(sessions(101, 700), behind(700));
            other.commit();
        }
        records.segment("a").set(99, FakeRecords.edited(100));
        records.with("b", 251, 700);

        verify(checkpoint);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.FORKED);
    }

    @Test
    void findsThatAnotherKeySigned() {
        entered();
        key = LedgerKey.of(LedgerKey.make(scene.published.origin()));

        verify(null);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.UNSIGNED);
    }

    @Test
    void findsThatAReplacedKeySigned() {
        LedgerKey next = LedgerKey.of(LedgerKey.make(scene.published.origin()));
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 600), behind(600));
            ledger.enter(new Event(
                    LedgerScene.NODE,
                    EventKind.KEY_CHANGE,
                    Instant.EPOCH,
                    "",
                    "rotation",
                    next.publicKey().toString(),
                    key.publicKey().toString(),
                    List.of()));
            ledger.commit();
        }

        verify(null);

        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.OLD_KEY);
    }

    private void changeEntry(long sequence) {
        var tile = new TileId(TileId.ENTRIES, (sequence - 1) / TileId.WIDTH, TileId.WIDTH);
        List<byte[]> entries = new ArrayList<>(scene.published.entries(tile));
        entries.set(
                (int) ((sequence - 1) % TileId.WIDTH),
                EntryCodec.encode(session(sequence, FakeRecords.edited(sequence).frame())));
        replace(tile.path(), EntryBundle.encode(entries));
    }

    private void changeTile(long sequence) {
        var tile = new TileId(0, (sequence - 1) / TileId.WIDTH, TileId.WIDTH);
        byte[] entry =
                EntryCodec.encode(session(sequence, FakeRecords.edited(sequence).frame()));
        var hashes = new ArrayList<>(scene.published.tile(tile));
        hashes.set((int) ((sequence - 1) % TileId.WIDTH), new TreeHasher().leaf(entry));
        replace(tile.path(), EntryBundle.encodeHashes(hashes));
    }

    private void clear() {
        scene.store.list(KEYS, "", 1000).forEach(scene.store::delete);
    }

    private void replace(String path, byte[] bytes) {
        scene.store.delete(KEYS + path);
        scene.store.put(KEYS + path, new ByteArrayInputStream(bytes), bytes.length, sha256(bytes));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two records that have each other's sequence. */
    private static final class StoredSwap {
        static void of(List<StoredRecord> in, int left, int right) {
            StoredRecord a = in.get(left);
            StoredRecord b = in.get(right);
            in.set(left, new StoredRecord(b.id(), a.sequence(), a.offset(), b.frame(), null));
            in.set(right, new StoredRecord(a.id(), b.sequence(), b.offset(), a.frame(), null));
        }
    }
}
