// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SpoolState;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.Ticket;
import dev.hansard.ports.session.Ticket.Commit;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.storage.crypt.KeyRotation;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EncryptedSpoolTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final InstantSource NOON = InstantSource.fixed(Exchanges.NOON);
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    private final InMemoryPayloadStore payloads = new InMemoryPayloadStore();
    private final InMemoryKeyWrapper wrapper = new InMemoryKeyWrapper();

    @TempDir
    private Path folder;

    @TempDir
    private Path other;

    @Test
    void recoversWithTheKeysOfTheProcessBefore() throws IOException {
        try (SpoolStorage killed = open(folder, wrapper, NOON)) {
            Exchange open = Exchanges.of(1);
            killed.spool()
                    .begin(open.session().id(), open.session().service(), "POST", Durability.STRICT)
                    .progress(10, 20);
            killed.spool().intent(Exchanges.intent(open)).await(LIMIT);
            record(killed, Exchanges.of(2)).await(LIMIT);
            copyFolder();
        }

        try (SpoolStorage storage = open(other, wrapper, NOON)) {
            await().atMost(LIMIT).until(storage::isIndexed);

            Session found = storage.archive().find(Exchanges.id(1)).orElseThrow();
            assertThat(found.code()).isEqualTo("outcome_unknown");
            assertThat(found.target()).isEqualTo("/v1/orders?n=1");
            assertReadable(storage, Exchanges.of(2));
            assertReadableAfterSealing(storage, Exchanges.of(3));
        }
        assertThat(bytesOf(other)).doesNotContain("ord_2", "accepted", "?n=", "x-Trace");
    }

    @Test
    void readsTheSegmentsOfAnotherNodeWithItsKeyEncryptionKey() {
        try (SpoolStorage storage = open(folder, wrapper, NOON)) {
            assertReadableAfterSealing(storage, Exchanges.of(1));
        }

        try (SpoolStorage storage = open(other, wrapper, NOON)) {
            assertReadable(storage, Exchanges.of(1));
        }
        try (SpoolStorage storage = open(other, new InMemoryKeyWrapper(), NOON)) {
            assertThatThrownBy(() -> storage.archive().find(Exchanges.id(1)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("payments/default/2026-11-23")
                    .hasMessageContaining("memory:1 is not here");
        }
    }

    @Test
    void rebuildsTheCatalogWithoutAKey() {
        try (SpoolStorage storage = open(folder, wrapper, NOON)) {
            for (int i = 0; i < 20; i++) {
                record(storage, Exchanges.of(i));
            }
            storage.sealNow();
        }
        List<CatalogEntry> before = catalog.since(0, SessionQuery.ALL, 100);

        try (SpoolStorage storage = open(other, null, NOON)) {
            assertThat(storage.rebuildCatalog()).isEqualTo(20);
        }

        assertThat(catalog.since(0, SessionQuery.ALL, 100)).hasSize(20).isEqualTo(before);
        assertThat(before).allMatch(row -> row.summary().target().equals("/v1/orders"));
    }

    @Test
    void readsClearAndEncryptedSessionsSideBySide() {
        try (SpoolStorage storage = open(folder, null, NOON)) {
            assertReadableAfterSealing(storage, Exchanges.of(1));
            record(storage, Exchanges.of(2)).await(LIMIT);
        }

        try (SpoolStorage storage = open(folder, wrapper, NOON)) {
            record(storage, Exchanges.of(3)).await(LIMIT);
            await().atMost(LIMIT).until(storage::isIndexed);

            for (int i = 1; i <= 3; i++) {
                assertReadable(storage, Exchanges.of(i));
            }
        }
    }

    @Test
    void doesNotStartWithAnotherKeyEncryptionKey() {
        try (SpoolStorage storage = open(folder, wrapper, NOON)) {
            record(storage, Exchanges.of(1)).await(LIMIT);
        }

        assertThatThrownBy(() -> open(folder, new InMemoryKeyWrapper(), NOON))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot be unwrapped");
        open(folder, wrapper, NOON).close();
    }

    @Test
    void recordsNothingInClearWhileNoKeyCanBeMade() {
        try (SpoolStorage storage = open(folder, wrapper, NOON)) {
            wrapper.failing(true);

            Commit commit = record(storage, Exchanges.of(1)).await(LIMIT);

            assertThat(commit).isEqualTo(Commit.FAILED);
            assertThat(storage.spool().state()).isInstanceOf(SpoolState.Failing.class);
        }
        wrapper.failing(false);
        try (SpoolStorage storage = open(folder, wrapper, NOON)) {
            assertThat(record(storage, Exchanges.of(2)).await(LIMIT)).isEqualTo(Commit.DURABLE);
            assertThat(storage.spool().state()).isInstanceOf(SpoolState.Working.class);
        }
    }

    @Test
    void forgetsADayForGood() {
        try (SpoolStorage storage = open(folder, wrapper, NOON)) {
            record(storage, Exchanges.of(1));
            record(storage, Exchanges.of(2, "orders", Exchanges.NOON, Durability.STRICT));
            storage.sealNow();
            List<String> segments = segments();

            int keys =
                    storage.erasure().orElseThrow().destroy(new ServiceName("payments"), RetentionClass.DEFAULT, DAY);

            assertThat(keys).isEqualTo(1);
            assertThatThrownBy(() -> storage.archive().find(Exchanges.id(1)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("it was destroyed");
            assertThat(storage.archive().find(Exchanges.id(2))).isPresent();
            assertThat(segments()).isEqualTo(segments);
            assertReadableAfterSealing(storage, Exchanges.of(3));
        }
    }

    @Test
    void rotatesUnderLoadWithoutTouchingASegment() throws InterruptedException {
        try (SpoolStorage storage = open(folder, wrapper, NOON)) {
            record(storage, Exchanges.of(0));
            storage.sealNow();
            List<String> segments = segments();
            Thread load = Thread.startVirtualThread(() -> {
                for (int i = 1; i <= 200; i++) {
                    String service = i % 2 == 0 ? "payments" : "s" + i;
                    record(storage, Exchanges.of(i, service, Exchanges.NOON, Durability.STRICT))
                            .await(LIMIT);
                }
            });

            wrapper.rotate();
            KeyRotation.Outcome first = SpoolStorage.rotateKeys(folder, payloads, wrapper);
            load.join();
            storage.sealNow();
            KeyRotation.Outcome last = SpoolStorage.rotateKeys(folder, payloads, wrapper);
            wrapper.forgetOld();

            assertThat(first.rewrapped()).isPositive();
            assertThat(last.rewrapped()).isZero();
            assertThat(last.wrappedBy()).isEqualTo("memory:2");
            assertThat(segments()).containsAll(segments);
        }
        try (SpoolStorage storage = open(other, wrapper, NOON)) {
            for (int i = 0; i <= 200; i++) {
                assertThat(storage.archive().find(Exchanges.id(i))).isPresent();
            }
        }
    }

    @Test
    void takesKeysFromTheDiskOnceTheyAreOld() throws IOException {
        try (SpoolStorage storage = open(folder, wrapper, NOON)) {
            assertReadableAfterSealing(storage, Exchanges.of(1));
            assertThat(keyFiles()).isEqualTo(1);
        }
        InstantSource later = InstantSource.fixed(Exchanges.NOON.plus(Duration.ofDays(2)));

        try (SpoolStorage storage = open(folder, wrapper, later)) {
            Exchange today = Exchanges.of(2, "payments", later.instant(), Durability.STRICT);
            assertReadableAfterSealing(storage, today);

            assertThat(keyFiles()).isEqualTo(1);
            assertReadable(storage, Exchanges.of(1));
        }
    }

    private long keyFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".dek")).count();
        }
    }

    private List<String> segments() {
        return payloads.list("", "", 1000).stream()
                .filter(key -> key.endsWith(".warc.zst"))
                .toList();
    }

    private SpoolStorage open(Path at, @Nullable KeyWrapper keys, InstantSource clock) {
        return SpoolStorage.open(
                SpoolSettings.at(at),
                new SpoolStores(catalog, payloads).encryptingBy(keys),
                Exchanges.NODE,
                clock,
                new SecureRandom());
    }

    private static Ticket record(SpoolStorage storage, Exchange exchange) {
        Session session = exchange.session();
        var flight = storage.spool().begin(session.id(), session.service(), "POST", session.durability());
        return storage.spool().complete(exchange, flight);
    }

    private static void assertReadableAfterSealing(SpoolStorage storage, Exchange exchange) {
        record(storage, exchange).await(LIMIT);
        storage.sealNow();
        assertReadable(storage, exchange);
    }

    private static void assertReadable(SpoolStorage storage, Exchange exchange) {
        assertThat(storage.archive().find(exchange.session().id())).contains(exchange.session());
        try (InputStream in = storage.archive()
                .openBody(exchange.session().id(), Direction.RESPONSE)
                .orElseThrow()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(exchange.response());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void copyFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, other.resolve(file.getFileName().toString()));
            }
        }
    }

    private static String bytesOf(Path folder) throws IOException {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
