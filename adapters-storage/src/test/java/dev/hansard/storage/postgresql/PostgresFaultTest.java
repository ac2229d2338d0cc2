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
import dev.hansard.ports.value.NodeName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F8, F18 and F23 of the threat model, on a real server. */
@Timeout(120)
class PostgresFaultTest {
    private static final SpoolPosition HERE = new SpoolPosition(2, 2);
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    @TempDir
    Path own;

    private SessionCatalog open(String node) {
        return TestDatabase.open(TestDatabase.settings(own), new NodeName(node));
    }

    private static CatalogEntry entry(String node, int number) {
        return aSession().node(node).at(NOON, number).entry(number);
    }

    private static void awaitIndexing(SessionCatalog catalog, CatalogEntry entry) {
        Awaitility.await()
                .atMost(RECOVERY)
                .ignoreExceptionsInstanceOf(StorageException.class)
                .until(() -> {
                    catalog.index(List.of(entry), HERE);
                    return true;
                });
    }

    @Test
    void goesOnAfterTheServerHasEndedEveryConnection() throws Exception {
        try (var catalog = open("one")) {
            catalog.index(List.of(entry("one", 1)), HERE);

            TestDatabase.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'hansard' AND pid <> pg_backend_pid()");
            awaitIndexing(catalog, entry("one", 2));

            assertThat(catalog.list(SessionQuery.ALL, null, 10)).hasSize(2);
        }
    }

    @Test
    void failsInTimeWhileATableIsLockedAndGoesOnAfterwards() throws Exception {
        try (var catalog = open("one")) {
            catalog.index(List.of(entry("one", 1)), HERE);
            try (var other = TestDatabase.connect()) {
                other.setAutoCommit(false);
                other.createStatement()
                        .execute("LOCK TABLE " + TestDatabase.settings(own).schema() + "_catalog.session");

                assertThatThrownBy(() -> catalog.index(List.of(entry("one", 2)), new SpoolPosition(9, 9)))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("keeps something locked");
                assertThatThrownBy(() -> catalog.list(SessionQuery.ALL, null, 10))
                        .isInstanceOf(StorageException.class);
                assertThat(catalog.indexedUpTo()).isEqualTo(HERE);
            }

            awaitIndexing(catalog, entry("one", 2));

            assertThat(catalog.list(SessionQuery.ALL, null, 10)).hasSize(2);
        }
    }

    @Test
    void readsFromAServerThatIsReadOnlyAndGoesOnAfterwards() throws Exception {
        try (var catalog = open("one")) {
            catalog.index(List.of(entry("one", 1)), HERE);
            try {
                TestDatabase.execute("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
                Awaitility.await()
                        .atMost(RECOVERY)
                        .untilAsserted(() -> assertThatThrownBy(() -> catalog.index(List.of(entry("one", 2)), HERE))
                                .isInstanceOf(StorageException.class)
                                .hasMessageContaining("read-only"));

                assertThat(catalog.list(SessionQuery.ALL, null, 10)).isNotEmpty();
            } finally {
                TestDatabase.execute(
                        "SET default_transaction_read_only = off",
                        "ALTER SYSTEM RESET default_transaction_read_only",
                        "SELECT pg_reload_conf()");
            }

            awaitIndexing(catalog, entry("one", 2));

            assertThat(catalog.list(SessionQuery.ALL, null, 10)).hasSize(2);
        }
    }

    /** As SIGSTOP would leave it: the transaction that numbers entries is begun and does not go on. */
    @Test
    void waitsForNoNodeThatHasStoppedInTheMiddle() throws Exception {
        try (var catalog = open("one");
                var stopped = PostgresDatabase.of(
                        TestDatabase.settings(own), TestDatabase.settings(own).schema() + "_catalog")) {
            assertThatThrownBy(() -> stopped.change(handle -> {
                        handle.execute("SELECT last FROM tail FOR UPDATE");
                        awaitIndexing(catalog, entry("one", 1));
                        return handle.execute("UPDATE tail SET last = 99");
                    }))
                    .isInstanceOf(StorageException.class);

            assertThat(catalog.lastSequence()).isEqualTo(1);
        }
    }

    /** Who follows the tail while several nodes index sees each entry once, although their batches cross. */
    @Test
    void showsTheTailEachEntryOnceWhileNodesIndexAtTheSameTime() throws Exception {
        try (var one = open("one");
                var two = open("two");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = List.of(threads.submit(indexing(one, "one", 0)), threads.submit(indexing(two, "two", 2_000)));

            var seen = new ArrayList<CatalogEntry>();
            long after = 0;
            while (!writers.stream().allMatch(java.util.concurrent.Future::isDone) || after < one.lastSequence()) {
                for (CatalogEntry entry : one.since(after, SessionQuery.ALL, 100)) {
                    seen.add(entry);
                    after = entry.sequence();
                }
            }
            for (var writer : writers) {
                assertThat(writer.get()).isTrue();
            }

            assertThat(seen).hasSize(2_000);
            assertThat(new HashSet<>(
                            seen.stream().map(entry -> entry.summary().id()).toList()))
                    .hasSize(2_000);
        }
    }

    private static Callable<Boolean> indexing(SessionCatalog catalog, String node, int first) {
        return () -> {
            for (int batch = 0; batch < 50; batch++) {
                var entries = new ArrayList<CatalogEntry>();
                for (int i = 0; i < 20; i++) {
                    entries.add(entry(node, first + 20 * batch + i + 1));
                }
                catalog.index(entries, new SpoolPosition(1, batch));
            }
            return true;
        };
    }
}
