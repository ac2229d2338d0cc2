// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import static dev.hansard.ports.session.SummaryBuilder.NOON;
import static dev.hansard.ports.session.SummaryBuilder.aSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.Secret;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F8 and F30 of the threat model: a database that is not there, or comes back as an older one. */
class PostgresRestoreTest {
    private static final NodeName NODE = new NodeName("one");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final SpoolPosition HERE = new SpoolPosition(2, 2);

    @TempDir
    Path home;

    private SessionCatalog open(PostgresSettings settings) {
        var around = new StorageSurroundings(
                NODE, home, () -> NOON.plus(Duration.ofDays(1)), System::nanoTime, new Random(1));
        return PostgresSessionCatalog.open(settings, around);
    }

    private PostgresSettings settings() {
        return TestDatabase.settings(home);
    }

    private static PostgresSettings nowhere() {
        return new PostgresSettings("jdbc:postgresql://localhost:1/none", "x", Secret.of(""), 2, "hansard");
    }

    private static CatalogEntry entry(int number) {
        return aSession().node("one").at(NOON, number).entry(number);
    }

    /** As of a backup that was made when only the first entry was there. */
    private void restore(long epoch) throws SQLException {
        String schema = settings().schema() + "_catalog.";
        TestDatabase.execute(
                "DELETE FROM " + schema + "session WHERE sequence > 1",
                "UPDATE " + schema + "tail SET last = 1",
                "UPDATE " + schema + "day SET sessions = 1, last_sequence = 1",
                "UPDATE " + schema + "node SET last_sequence = 1, spool_file = 1, epoch = " + epoch);
    }

    @Test
    void losesNothingWhenItIsStartedOnAnOlderDatabase() throws Exception {
        try (var catalog = open(settings())) {
            catalog.index(List.of(entry(1)), HERE);
            catalog.index(List.of(entry(2)), HERE);
        }
        restore(1);

        try (var catalog = open(settings())) {
            assertThat(catalog.lostDays()).containsExactlyInAnyOrder(TODAY.minusDays(1), TODAY, TODAY.plusDays(1));
            assertThat(catalog.lastOfNode()).as("no sequence is given twice").isEqualTo(2);

            catalog.index(List.of(entry(2)), HERE);
            catalog.rebuilt(catalog.lostDays());

            assertThat(catalog.list(SessionQuery.ALL, null, 10)).hasSize(2);
        }
        try (var catalog = open(settings())) {
            assertThat(catalog.lostDays()).isEmpty();
        }
    }

    @Test
    void noticesAnOlderDatabaseWhileItRuns() throws Exception {
        try (var _ = open(settings())) {
            // Its epoch is that of the backup.
        }
        try (var catalog = open(settings())) {
            catalog.index(List.of(entry(1)), HERE);
            catalog.index(List.of(entry(2)), HERE);
            restore(1);

            assertThatThrownBy(() -> catalog.index(List.of(entry(3)), HERE)).isInstanceOf(StorageException.class);
            catalog.index(List.of(entry(3)), HERE);

            assertThat(catalog.lostDays()).contains(TODAY);
            assertThat(catalog.list(SessionQuery.ALL, null, 10)).hasSize(2);
        }
    }

    @Test
    void raisesNoAlarmOverTheSameDatabase() {
        try (var catalog = open(settings())) {
            catalog.index(List.of(entry(1)), HERE);
            catalog.clear();
        }

        try (var catalog = open(settings())) {
            assertThat(catalog.lostDays()).isEmpty();
        }
    }

    @Test
    void startsWithoutTheDatabaseThatItHasUsedBefore() {
        try (var catalog = open(settings())) {
            catalog.index(List.of(entry(1)), HERE);
        }
        LastSeen.in(home.resolve("catalog.seen"), nowhere(), "hansard_catalog").remember(7);

        try (var catalog = open(nowhere())) {
            assertThat(catalog.indexedUpTo()).isEqualTo(SpoolPosition.START);
            assertThat(catalog.lastOfNode()).isEqualTo(7);
            assertThatThrownBy(() -> catalog.list(SessionQuery.ALL, null, 1)).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> catalog.index(List.of(entry(2)), HERE)).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void doesNotStartWithoutADatabaseThatItHasNeverSeen() {
        open(settings()).close();

        assertThatThrownBy(() -> open(nowhere()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void recognisesNoKeyWhileTheDatabaseIsAway() {
        Path seen = home.resolve("control.seen");
        LastSeen.in(seen, nowhere(), "hansard_control").remember(0);

        try (var store = PostgresControlStore.open(nowhere(), System::nanoTime, seen)) {
            assertThat(store.keys().find("a".repeat(12))).isNull();
        }
    }
}
