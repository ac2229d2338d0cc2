// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One spool file that cannot be stored among others that can. */
class SetAsideTest {
    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    private final Picky payloads = new Picky();
    private long nanos;

    /** Refuses what belongs to one service. */
    private static final class Picky implements PayloadStore {
        private final InMemoryPayloadStore store = new InMemoryPayloadStore();
        private @Nullable StorageException answer = new StorageException("it is too large");
        private int refusals;

        @Override
        public void put(String key, InputStream bytes, long length, String sha256) {
            if (answer != null && key.startsWith("poison/")) {
                refusals++;
                throw answer;
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

    private SpoolNode open() throws IOException {
        var settings = SpoolSettings.at(Path.of("unused"));
        var sources = new Sources(() -> Exchanges.NOON, () -> nanos, new Random(1));
        return SpoolNode.open(
                new SimulatedDisk(1), settings, new SpoolStores(catalog, payloads), Exchanges.NODE, sources);
    }

    private static void recordAndRoll(SpoolNode node, long number, String service) throws IOException {
        Exchange exchange = Exchanges.of(number, service, Exchanges.NOON, Durability.RELAXED);
        Flight flight =
                node.spool().begin(exchange.session().id(), exchange.session().service(), "POST", Durability.RELAXED);
        node.spool().complete(exchange, flight);
        node.writer().step(0);
        node.writer().roll(0);
        node.writer().step(0);
        while (node.indexer().step() >= 0) {
            // Until all is in the catalog.
        }
    }

    private void recordThree(SpoolNode node) throws IOException {
        recordAndRoll(node, 1, "poison");
        recordAndRoll(node, 2, "orders");
        recordAndRoll(node, 3, "orders");
    }

    private static void step(SpoolNode node, int times) {
        for (int i = 0; i < times; i++) {
            Throwable ignored = catchThrowable(() -> node.sealer().step());
            assertThat(ignored)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            failure -> assertThat(failure).isInstanceOf(StorageException.class));
        }
    }

    @Test
    void holdsUpNoOthers() throws IOException {
        try (SpoolNode node = open()) {
            recordThree(node);

            step(node, 3);

            assertThat(node.stats().segments()).isEqualTo(2);
            assertThat(payloads.list("orders/", "", 10)).hasSize(2);
        }
    }

    @Test
    void setsAFileAsideAfterEightTriesAndKeepsIt() throws IOException {
        try (SpoolNode node = open()) {
            recordThree(node);

            step(node, 20);

            assertThat(payloads.refusals).isEqualTo(8);
            assertThat(node.stats().setAside()).isOne();
            assertThat(node.stats().trouble()).contains("set aside", "0000000001.spool", "it is too large");
            assertThat(node.archive().find(Exchanges.id(1))).isPresent();
        }
    }

    @Test
    void triesAFileThatIsAsideAgainAfterAWhile() throws IOException {
        try (SpoolNode node = open()) {
            recordThree(node);
            step(node, 20);
            payloads.answer = null;

            step(node, 1);
            assertThat(node.stats().setAside()).isOne();
            nanos += TimeUnit.MINUTES.toNanos(10);
            step(node, 1);

            assertThat(node.stats().setAside()).isZero();
            assertThat(node.stats().trouble()).isEmpty();
            assertThat(payloads.list("poison/", "", 10)).hasSize(1);
        }
    }

    @Test
    void countsNoOutageAgainstAFile() throws IOException {
        payloads.answer = StorageException.outage("the server is down", null);
        try (SpoolNode node = open()) {
            recordThree(node);

            step(node, 50);

            assertThat(node.stats().setAside()).isZero();
            assertThat(payloads.refusals).isGreaterThan(40);
        }
    }

    @Test
    void waitsForNoFileThatIsAside() throws IOException {
        try (SpoolNode node = open()) {
            recordThree(node);
            step(node, 20);

            assertThat(node.sealer().sealAll(Duration.ZERO.toMillis())).isFalse();
            step(node, 20);

            assertThat(node.sealer().setAside()).isOne();
        }
    }
}
