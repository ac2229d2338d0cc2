// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.Ticket;
import dev.hansard.ports.session.Ticket.Commit;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolStorageTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    private final InMemoryPayloadStore payloads = new InMemoryPayloadStore();

    @TempDir
    private Path folder;

    @TempDir
    private Path copy;

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
    void givesACatalogBackTheDaysThatItLost() {
        try (SpoolStorage storage = open()) {
            for (int i = 0; i < 30; i++) {
                record(storage, Exchanges.of(i));
            }
            storage.sealNow();
            record(storage, Exchanges.of(30)).await(LIMIT);
            awaitIndexed(storage);
        }
        List<CatalogEntry> before = catalog.since(0, SessionQuery.ALL, 1000);
        catalog.loseAll();

        try (SpoolStorage _ = open()) {
            await().untilAsserted(() -> assertThat(catalog.since(0, SessionQuery.ALL, 1000))
                    .hasSize(31)
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("location")
                    .isEqualTo(before));
        }

        assertThat(catalog.lostDays()).isEmpty();
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

    @Test
    void showsCallsInFlightOfAKilledProcessAsIncomplete() throws IOException {
        try (SpoolStorage killed = open()) {
            Exchange strict = Exchanges.of(1);
            Flight withIntent = begin(killed, strict);
            killed.spool().intent(Exchanges.intent(strict)).await(LIMIT);
            withIntent.progress(100, 200);
            Exchange relaxed = Exchanges.of(2, "orders", Exchanges.NOON, Durability.RELAXED);
            begin(killed, relaxed).progress(300, 400);
            record(killed, Exchanges.of(3)).await(LIMIT);
            begin(killed, Exchanges.of(4)).discard();
            copyFolder();
        }
        var after = new InMemorySessionCatalog();

        try (SpoolStorage storage = SpoolStorage.open(
                SpoolSettings.at(copy), after, payloads, Exchanges.NODE, InstantSource.system(), new Random(2))) {
            awaitIndexed(storage);

            Session strict = storage.archive().find(Exchanges.id(1)).orElseThrow();
            assertThat(strict.state()).isEqualTo(SessionState.INCOMPLETE);
            assertThat(strict.ending()).isEqualTo(Ending.UNKNOWN);
            assertThat(strict.code()).isEqualTo("outcome_unknown");
            assertThat(strict.request().bodyBytes()).isEqualTo(100);
            assertThat(strict.target()).isEqualTo("/v1/orders?n=1");
            Session relaxed = storage.archive().find(Exchanges.id(2)).orElseThrow();
            assertThat(relaxed.service().value()).isEqualTo("orders");
            assertThat(relaxed.response().bodyBytes()).isEqualTo(400);
            assertReadable(storage, Exchanges.of(3));
            assertThat(after.find(Exchanges.id(4))).isEmpty();
            assertThat(after.lastSequence()).isEqualTo(3);
        }
    }

    @Test
    void keepsAnOpenIntentWhenItsFileIsSealed() throws IOException {
        try (SpoolStorage storage = open()) {
            Exchange longCall = Exchanges.of(1);
            Flight flight = begin(storage, longCall);
            storage.spool().intent(Exchanges.intent(longCall)).await(LIMIT);
            record(storage, Exchanges.of(2)).await(LIMIT);
            storage.sealNow();
            flight.progress(1, 2);
            copyFolder();
        }

        try (SpoolStorage storage = SpoolStorage.open(
                SpoolSettings.at(copy), catalog, payloads, Exchanges.NODE, InstantSource.system(), new Random(2))) {
            awaitIndexed(storage);

            Session found = storage.archive().find(Exchanges.id(1)).orElseThrow();
            assertThat(found.code()).isEqualTo("outcome_unknown");
            assertThat(found.host()).isEqualTo("payments.example:8080");
        }
    }

    @Test
    void refusesAFolderThatIsInUse() {
        SpoolStorage storage = open();

        var attempt = catchThrowable(this::open);
        storage.close();

        assertThat(attempt).isInstanceOf(StorageException.class).hasMessageContaining("in use");
        open().close();
    }

    private void copyFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
    }

    private static Flight begin(SpoolStorage storage, Exchange exchange) {
        Session session = exchange.session();
        return storage.spool().begin(session.id(), session.service(), "POST", session.durability());
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
