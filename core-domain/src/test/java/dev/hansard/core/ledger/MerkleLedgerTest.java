// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import static dev.hansard.core.ledger.LedgerScene.behind;
import static dev.hansard.core.ledger.LedgerScene.deletion;
import static dev.hansard.core.ledger.LedgerScene.sessions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.core.ledger.note.LedgerKey;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.core.ledger.tree.TileId;
import dev.hansard.core.ledger.tree.TreeProofs;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MerkleLedgerTest {
    private final LedgerScene scene = new LedgerScene();

    @Test
    void publishesWhatItSigned() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 700), behind(700));

            ledger.commit();

            assertThat(scene.newest().size()).isEqualTo(700);
            assertThat(new TreeProofs(scene.published, 700).root())
                    .isEqualTo(scene.newest().root());
            assertThat(SignedNote.parse(scene.published.checkpoint(700)).isSignedBy(LedgerScene.KEY.publicKey()))
                    .isTrue();
            assertThat(published()).isEqualTo(new ArrayList<LedgerEntry>(sessions(1, 700)));
            assertThat(ledger.covered()).isEqualTo(behind(700));
        }
    }

    @Test
    void leavesNoPartialTileBesideAFullOne() {
        try (MerkleLedger ledger = scene.open()) {
            for (int from = 1; from < 1400; from += 100) {
                ledger.append(sessions(from, from + 99), behind(from + 99));
                ledger.commit();
            }
        }
        try (MerkleLedger again = scene.open()) {
            again.append(sessions(1401, 2048), behind(2048));
            again.commit();
        }

        // Only the one tile that is not full yet has partial forms.
        assertThat(scene.store.list("_ledger/", "", 1000))
                .filteredOn(key -> key.contains(".p/"))
                .isNotEmpty()
                .allMatch(key -> key.startsWith("_ledger/node-1/tile/1/000.p/"));
    }

    @Test
    void doesNotAskTheStoreWhatItKnowsItself() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 100), behind(100));
            ledger.commit();
            int before = scene.store.listings();
            ledger.append(sessions(101, 10_000), behind(10_000));

            ledger.commit();

            // For the partial tile and the partial bundle of the first commit, and no other.
            assertThat(scene.store.listings() - before).isEqualTo(2);
        }
    }

    @Test
    void showsNothingBeforeACommit() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 10), behind(10));

            assertThat(ledger.covered()).isEqualTo(SpoolPosition.START);
            assertThat(scene.published.newest()).isEmpty();
        }
    }

    @Test
    void isDueTenSecondsAfterTheLastCommit() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 10), behind(10));
            ledger.commit();

            boolean withoutNews = ledger.isDue();
            ledger.append(sessions(11, 12), behind(12));
            scene.nanos.addAndGet(LedgerScene.EVERY.toNanos() - 1);
            boolean early = ledger.isDue();
            scene.nanos.incrementAndGet();

            assertThat(withoutNews).isFalse();
            assertThat(early).isFalse();
            assertThat(ledger.isDue()).isTrue();
        }
    }

    @Test
    void passesOverWhatIsThereAlready() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 10), behind(10));

            ledger.append(sessions(5, 12), behind(12));

            ledger.commit();
            assertThat(published()).isEqualTo(new ArrayList<LedgerEntry>(sessions(1, 12)));
        }
    }

    @Test
    void entersRecordsThatAreMissing() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 2), behind(2));

            ledger.append(sessions(5, 5), behind(5));

            ledger.commit();
            assertThat(published().get(2))
                    .isEqualTo(new LedgerEntry.Gap(LedgerScene.NODE, new LedgerEntry.Range(3, 4), "lost"));
        }
    }

    @Test
    void makesAnEventDurableAtOnce() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 3), behind(3));

            long index = ledger.enter(deletion(1, 2));

            assertThat(index).isEqualTo(3);
            scene.disk.crash();
        }
        try (MerkleLedger again = scene.open()) {
            again.position();
            again.commit();
            assertThat(published().get(3)).isEqualTo(deletion(1, 2));
        }
    }

    @Test
    void publishesNoStateThatALossOfPowerCouldTakeBack() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 2), behind(2));
            ledger.commit();
            ledger.append(sessions(3, 3), behind(3));
            scene.disk.failFolderSyncs(1);
            assertThatThrownBy(ledger::commit).isInstanceOf(StorageException.class);
            // The new state is in its place, though nobody knows whether it would stay there.
            ledger.position();
            ledger.commit();
            scene.disk.crash();
        }

        try (MerkleLedger again = scene.open()) {
            assertThat(again.position()).isEqualTo(behind(3));
            assertThat(scene.newest().size()).isEqualTo(3);
        }
    }

    @Test
    void goesOnAfterARestart() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 300), behind(300));
            ledger.commit();
            ledger.append(sessions(301, 310), behind(310));
        }

        try (MerkleLedger again = scene.open()) {
            assertThat(again.position()).isEqualTo(behind(300));
            again.append(sessions(301, 600), behind(600));
            again.commit();
        }

        assertThat(published()).isEqualTo(new ArrayList<LedgerEntry>(sessions(1, 600)));
    }

    @Test
    void publishesLaterWhatTheStoreDidNotTake() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 300), behind(300));
            ledger.commit();
            scene.store.failWith(new StorageException("away"));
            ledger.append(sessions(301, 900), behind(900));

            ledger.commit();

            assertThat(ledger.trouble()).contains("cannot be published");
            assertThat(ledger.covered()).isEqualTo(behind(900));
            scene.store.failWith(null);
            scene.nanos.addAndGet(LedgerScene.EVERY.toNanos());
            assertThat(ledger.isDue()).isTrue();
            ledger.commit();
            assertThat(ledger.trouble()).isEmpty();
        }
        assertThat(published()).isEqualTo(new ArrayList<LedgerEntry>(sessions(1, 900)));
    }

    @Test
    void removesPartialTilesOnceTheFullOneIsThere() {
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 100), behind(100));
            ledger.commit();

            ledger.append(sessions(101, 300), behind(300));
            ledger.commit();
        }

        List<String> keys = scene.store.list(PublishedLedger.FOLDER + "node-1/tile/", "", 1000);
        assertThat(keys)
                .extracting(key -> key.substring((PublishedLedger.FOLDER + "node-1/").length()))
                .containsExactlyInAnyOrder(
                        "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44");
    }

    /** F30: the folder was put back from a backup. */
    @Test
    void refusesToGoOnFromAnOlderState() {
        var old = new SimulatedDisk(2);
        try (MerkleLedger ledger = scene.open()) {
            ledger.append(sessions(1, 50), behind(50));
            ledger.commit();
        }

        try (MerkleLedger restored = scene.open(old)) {
            assertThatThrownBy(restored::position)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("has published has at least 50 leaves, but this node has signed only 0");
            assertThat(restored.trouble()).isNotEmpty();
        }
    }

    @Test
    void refusesToGoOnBesideAnotherHistory() {
        var other = new LedgerScene();
        try (MerkleLedger ledger = scene.open();
                MerkleLedger forged = other.open()) {
            ledger.append(sessions(1, 50), behind(50));
            ledger.commit();
            forged.append(sessions(2, 50), behind(50));
            forged.commit();
        }
        var swapped =
                new MerkleLedger(scene.disk, other.published, LedgerScene.KEY, scene.nanos::get, LedgerScene.EVERY);

        assertThatThrownBy(swapped::position)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("other leaves");
    }

    @Test
    void refusesTheKeyOfAnotherLedger() {
        LedgerKey key = LedgerKey.of(LedgerKey.make("hansard/ledger/other"));

        assertThatThrownBy(
                        () -> new MerkleLedger(scene.disk, scene.published, key, scene.nanos::get, LedgerScene.EVERY))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("hansard/ledger/other");
    }

    /** F22: the power goes in the middle of any step, and the ledger never takes a signature back. */
    @Test
    void neverSignsTwoHistoriesHoweverOftenThePowerGoes() {
        var random = new Random(4711);
        long acknowledged = 0;
        for (int life = 0; life < 400; life++) {
            scene.disk.crashAfter(1 + random.nextInt(60));
            MerkleLedger ledger = scene.open();
            try {
                for (int step = 0; step < 5; step++) {
                    long from = ledger.position().offset() / 100 + 1;
                    long to = from + random.nextInt(80);
                    ledger.append(sessions(from, to), behind(to));
                    ledger.commit();
                    acknowledged = ledger.covered().offset() / 100;
                }
            } catch (SimulatedDisk.PowerLoss _) {
                // The next life begins here.
            }
            scene.disk.crash();
            try (MerkleLedger next = scene.open()) {
                assertThat(next.position().offset() / 100).isGreaterThanOrEqualTo(acknowledged);
                next.commit();
            }
        }

        long size = scene.newest().size();
        assertThat(published()).isEqualTo(new ArrayList<LedgerEntry>(sessions(1, size)));
        assertThat(new TreeProofs(scene.published, size).root())
                .isEqualTo(scene.newest().root());
    }

    @Test
    void dropsLogsThatArePublished() throws IOException {
        try (MerkleLedger ledger = scene.open()) {
            long last = LeafLog.LEAVES + 10L;
            ledger.append(sessions(1, last), behind(last));
            ledger.commit();
            ledger.append(sessions(last + 1, last + 1), behind(last + 1));
            ledger.commit();
        }

        assertThat(scene.disk.list()).containsExactly(LeafLog.nameOf(LeafLog.LEAVES), "state");
        try (MerkleLedger again = scene.open()) {
            assertThat(again.position()).isEqualTo(behind(LeafLog.LEAVES + 11L));
            assertThat(again.trouble()).isEmpty();
        }
    }

    private List<LedgerEntry> published() {
        long size = scene.newest().size();
        var entries = new ArrayList<LedgerEntry>();
        for (long first = 0; first < size; first += TileId.WIDTH) {
            scene.published.entries(TileId.holding(TileId.ENTRIES, first, size)).stream()
                    .map(EntryCodec::decode)
                    .forEach(entries::add);
        }
        return entries;
    }
}
