// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A catalog that loses days while sessions are on their way from the spool to the payload store. */
class CatalogRestoreTest {
    private static final int COUNT = 20;

    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    private final Interrupted payloads = new Interrupted();
    private long time = 1_700_000_000_000L;

    @Test
    void waitsForTheFileThatIsBeingSealed() throws Exception {
        try (SpoolNode node = open();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            recordAndRoll(node);
            List<CatalogEntry> before = rows();
            catalog.loseAll();
            payloads.whilePutting(() -> {
                Future<Long> restored = other.submit(node::restoreCatalog);
                assertThat(isDoneSoon(restored)).isFalse();
            });

            assertThat(node.sealer().step()).isTrue();
            other.submit(() -> {}).get();
            index(node);

            assertThat(rows())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("location")
                    .isEqualTo(before);
            assertThat(rows())
                    .noneMatch(row -> SpoolFiles.isContainer(row.location().container()));
            assertThat(catalog.lostDays()).isEmpty();
        }
    }

    @Test
    void goesThroughTheSpoolAgainWhereNoSegmentHasTheDay() throws IOException {
        try (SpoolNode node = open()) {
            recordAndRoll(node);
            List<CatalogEntry> before = rows();
            catalog.damageAll();

            assertThat(node.restoreCatalog()).isZero();
            index(node);

            assertThat(rows()).isEqualTo(before);
        }
    }

    private SpoolNode open() throws IOException {
        SpoolSettings settings = SpoolSettings.at(Path.of("unused"));
        var sources = new Sources(() -> Instant.ofEpochMilli(time), () -> time * 1_000_000, new Random(1));
        return SpoolNode.open(
                new SimulatedDisk(1), settings, new SpoolStores(catalog, payloads), Exchanges.NODE, sources);
    }

    /** Leaves one closed file, indexed. */
    private void recordAndRoll(SpoolNode node) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            Exchange exchange = Exchanges.of(i);
            Session session = exchange.session();
            Flight flight = node.spool().begin(session.id(), session.service(), "POST", Durability.STRICT);
            node.spool().complete(exchange, flight);
        }
        node.writer().step(0);
        time += Duration.ofHours(1).toMillis();
        node.writer().step(0);
        index(node);
        assertThat(rows()).hasSize(COUNT);
    }

    private static void index(SpoolNode node) throws IOException {
        while (node.indexer().step() >= 0) {
            // Until there is nothing more.
        }
    }

    private List<CatalogEntry> rows() {
        return catalog.since(0, SessionQuery.ALL, 1000);
    }

    private static boolean isDoneSoon(Future<?> future) {
        try {
            future.get(200, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets something happen just before it keeps an object. */
    private static final class Interrupted implements PayloadStore {
        private final InMemoryPayloadStore store = new InMemoryPayloadStore();
        private @Nullable Runnable meanwhile;

        void whilePutting(Runnable action) {
            meanwhile = action;
        }

        @Override
        public void put(String key, InputStream bytes, long length, String sha256) {
            if (meanwhile != null) {
                meanwhile.run();
            }
            store.put(key, bytes, length, sha256);
        }

        @Override
        public InputStream read(String key, long offset, long length) {
            return store.read(key, offset, length);
        }

        @Override
        public OptionalLong length(String key) {
            return store.length(key);
        }

        @Override
        public List<String> list(String prefix, String after, int limit) {
            return store.list(prefix, after, limit);
        }

        @Override
        public void delete(String key) {
            store.delete(key);
        }
    }
}
