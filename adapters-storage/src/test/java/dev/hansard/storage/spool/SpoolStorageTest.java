// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.ports.session.Ticket;
import dev.hansard.ports.session.Ticket.Commit;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolStorageTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    private final InMemoryPayloadStore payloads = new InMemoryPayloadStore();

    @TempDir
    private Path folder;

    @Test
    void givesBackWhatItWasGiven() {
        try (SpoolStorage storage = open()) {
            Exchange exchange = Exchanges.of(1);

            Commit commit = record(storage, exchange).await(LIMIT);
            awaitIndexed(storage);

            assertThat(commit).isEqualTo(Commit.DURABLE);
            assertReadable(storage, exchange);
        }
    }

    @Test
    void givesBackSealedSessionsFromThePayloadStore() {
        try (SpoolStorage storage = open()) {
            var exchanges = new ArrayList<Exchange>();
            for (int i = 0; i < 200; i++) {
                String service = i % 3 == 0 ? "payments" : "orders";
                Exchange exchange = Exchanges.of(i, service, Exchanges.NOON.plusSeconds(60L * i), Durability.RELAXED);
                exchanges.add(exchange);
                record(storage, exchange);
            }

            storage.sealNow();

            exchanges.forEach(exchange -> assertReadable(storage, exchange));
            assertThat(catalog.list(SessionQuery.ALL, null, 1000)).hasSize(200);
            assertThat(catalog.find(Exchanges.id(5)).orElseThrow().location().container())
                    .startsWith("orders/default/2026/11/23/12/");
            assertThat(storage.stats().files()).isZero();
        }
    }

    @Test
    void goesOnAfterARestart() {
        try (SpoolStorage storage = open()) {
            record(storage, Exchanges.of(1)).await(LIMIT);
        }

        try (SpoolStorage storage = open()) {
            record(storage, Exchanges.of(2)).await(LIMIT);
            awaitIndexed(storage);

            assertReadable(storage, Exchanges.of(1));
            assertReadable(storage, Exchanges.of(2));
            assertThat(catalog.lastSequence()).isEqualTo(2);
        }
    }

    @Test
    void rebuildsTheSameRows() {
        try (SpoolStorage storage = open()) {
            for (int i = 0; i < 30; i++) {
                record(storage, Exchanges.of(i));
            }
            storage.sealNow();
            for (int i = 30; i < 40; i++) {
                record(storage, Exchanges.of(i)).await(LIMIT);
            }
            awaitIndexed(storage);
            List<CatalogEntry> before = catalog.since(0, SessionQuery.ALL, 1000);

            long rows = storage.rebuildCatalog();
            awaitIndexed(storage);

            assertThat(rows).isEqualTo(30);
            assertThat(before).hasSize(40);
            assertThat(catalog.since(0, SessionQuery.ALL, 1000)).isEqualTo(before);
        }
    }

    @Test
    void givesACatalogBackTheDaysThatItHasLost() {
        List<CatalogEntry> before;
        try (SpoolStorage storage = open()) {
            for (int i = 0; i < 30; i++) {
                record(storage, Exchanges.of(i)).await(LIMIT);
            }
            storage.sealNow();
            awaitIndexed(storage);
            before = catalog.since(0, SessionQuery.ALL, 1000);
        }
        catalog.loseAll();

        try (SpoolStorage storage = open()) {
            awaitIndexed(storage);

            assertThat(before).hasSize(30);
            assertThat(catalog.since(0, SessionQuery.ALL, 1000)).isEqualTo(before);
            assertThat(catalog.lostDays()).isEmpty();
        }
    }

    @Test
    void readsASegmentWithoutItsFooter() throws IOException {
        try (SpoolStorage storage = open()) {
            for (int i = 0; i < 30; i++) {
                record(storage, Exchanges.of(i));
            }
            storage.sealNow();
        }
        String key = payloads.list("", "", 10).getFirst();
        List<CatalogEntry> fromFooter = new SegmentReader(payloads).read(key);
        byte[] segment =
                payloads.read(key, 0, payloads.length(key).orElseThrow()).readAllBytes();
        segment[segment.length - 1] ^= 1;
        var damaged = new InMemoryPayloadStore();
        damaged.put(key, new ByteArrayInputStream(segment), segment.length, sha256(segment));

        List<CatalogEntry> scanned = new SegmentReader(damaged).read(key);

        assertThat(scanned).hasSize(30).isEqualTo(fromFooter);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private SpoolStorage open() {
        return SpoolStorage.open(
                SpoolSettings.at(folder), catalog, payloads, Exchanges.NODE, InstantSource.system(), new Random(1));
    }

    private static Ticket record(SpoolStorage storage, Exchange exchange) {
        SessionId id = exchange.session().id();
        Flight flight = storage.spool()
                .begin(
                        id,
                        exchange.session().service(),
                        "POST",
                        exchange.session().durability());
        storage.spool().intent(Exchanges.intent(exchange));
        return storage.spool().complete(exchange, flight);
    }

    private static void awaitIndexed(SpoolStorage storage) {
        Awaitility.await().atMost(LIMIT).until(storage::isIndexed);
    }

    private static void assertReadable(SpoolStorage storage, Exchange exchange) {
        SessionId id = exchange.session().id();
        assertThat(storage.archive().find(id)).contains(exchange.session());
        assertThat(body(storage, id, Direction.REQUEST)).isEqualTo(exchange.request());
        assertThat(body(storage, id, Direction.RESPONSE)).isEqualTo(exchange.response());
    }

    private static String body(SpoolStorage storage, SessionId id, Direction direction) {
        try (InputStream in = storage.archive().openBody(id, direction).orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
