// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.ports.session.SpoolState;
import dev.hansard.ports.session.SpoolState.Failing;
import dev.hansard.ports.session.SpoolState.Working;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.Ticket;
import dev.hansard.ports.session.Ticket.Commit;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when the disk, the catalog or the payload store does not do its part (THREATS.md F3 to F8). */
@Timeout(60)
class SpoolFaultTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SimulatedDisk disk = new SimulatedDisk(7);
    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    private final InMemoryPayloadStore payloads = new InMemoryPayloadStore();
    private SpoolStorage storage;

    @BeforeEach
    void open() throws IOException {
        storage = storage(disk, 200_000);
    }

    @AfterEach
    void close() {
        disk.release();
        disk.broken(false);
        storage.close();
    }

    @Test
    void survivesOneFailedSyncWithoutAnybodyNoticing() {
        disk.failSyncs(1);

        Commit commit = record(1).await(LIMIT);

        assertThat(commit).isEqualTo(Commit.DURABLE);
        assertThat(storage.spool().state()).isInstanceOf(Working.class);
        assertThat(storage.stats().fileFailures()).isEqualTo(1);
        await().atMost(LIMIT).until(() -> readable(1));
    }

    @Test
    void failsWhenTheSecondFileFailsTooAndHealsByItself() {
        disk.broken(true);

        Commit commit = record(1).await(LIMIT);
        SpoolState failing = storage.spool().state();
        Commit refused =
                storage.spool().intent(Exchanges.intent(Exchanges.of(2))).await(LIMIT);
        disk.broken(false);

        assertThat(commit).isEqualTo(Commit.FAILED);
        assertThat(refused).isEqualTo(Commit.FAILED);
        assertThat(failing).isInstanceOf(Failing.class);
        await().atMost(LIMIT).until(() -> storage.spool().state() instanceof Working);
        assertThat(record(3).await(LIMIT)).isEqualTo(Commit.DURABLE);
    }

    @Test
    void showsACallWhoseRecordWasLostAsIncomplete() {
        Exchange exchange = Exchanges.of(1);
        Flight flight = begin(exchange);
        Commit intent = storage.spool().intent(Exchanges.intent(exchange)).await(LIMIT);
        flight.progress(11, 22);
        disk.broken(true);
        Commit completion = storage.spool().complete(exchange, flight).await(LIMIT);
        disk.broken(false);

        await().atMost(LIMIT).until(() -> readable(1));

        assertThat(intent).isEqualTo(Commit.DURABLE);
        assertThat(completion).isEqualTo(Commit.FAILED);
        var session = storage.archive().find(Exchanges.id(1)).orElseThrow();
        assertThat(session.state()).isEqualTo(SessionState.INCOMPLETE);
        assertThat(session.code()).isEqualTo("record_lost");
        assertThat(session.response().bodyBytes()).isEqualTo(22);
        assertThat(session.request().headers())
                .isEqualTo(exchange.session().request().headers());
        assertThat(storage.stats().flights()).isZero();
    }

    @Test
    void answersLateWhileASyncHangsAndSaysSo() {
        disk.hang();

        Ticket ticket = record(1);
        Commit commit = ticket.await(Duration.ofMillis(100));

        assertThat(commit).isEqualTo(Commit.LATE);
        await().atMost(LIMIT)
                .until(() -> storage.spool().state() instanceof Failing failing
                        && failing.reason().contains("has not returned"));
        disk.release();
        assertThat(ticket.await(LIMIT)).isEqualTo(Commit.DURABLE);
        await().atMost(LIMIT).until(() -> storage.spool().state() instanceof Working);
    }

    @Test
    void refusesAtOnceWhenTheQueueIsFull() {
        disk.hang();
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < 400; i++) {
            tickets.add(record(i));
        }

        List<Commit> commits =
                tickets.stream().map(ticket -> ticket.await(Duration.ZERO)).toList();

        assertThat(commits).contains(Commit.LATE, Commit.FAILED);
        assertThat(storage.stats().queuedBytes()).isLessThanOrEqualTo(200_000);
        disk.release();
        await().atMost(LIMIT).until(() -> storage.stats().queuedBytes() == 0);
        await().atMost(LIMIT).until(() -> record(1000).await(LIMIT) == Commit.DURABLE);
    }

    @Test
    void completesCallsInFlightFromTheReserveWhenTheDiskIsFull() throws IOException {
        List<Exchange> calls = new ArrayList<>();
        List<Flight> flights = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Exchange exchange = Exchanges.of(i);
            calls.add(exchange);
            flights.add(begin(exchange));
            storage.spool().intent(Exchanges.intent(exchange)).await(LIMIT);
        }
        long used =
                disk.list().stream().mapToLong(name -> disk.bytes(name).length).sum();
        disk.capacity(used);

        // Until the room made ahead is used up, nobody notices.
        int number = 1000;
        while (storage.spool().state() instanceof Working) {
            storage.spool().intent(Exchanges.intent(Exchanges.of(number++))).await(LIMIT);
        }
        var commits = new ArrayList<Commit>();
        for (int i = 0; i < calls.size(); i++) {
            commits.add(storage.spool().complete(calls.get(i), flights.get(i)).await(LIMIT));
        }
        Commit newcomer =
                storage.spool().intent(Exchanges.intent(Exchanges.of(999))).await(LIMIT);

        assertThat(storage.spool().state()).isInstanceOf(SpoolState.Scarce.class);
        assertThat(commits).containsOnly(Commit.DURABLE);
        assertThat(newcomer).isEqualTo(Commit.FAILED);
        disk.capacity(Long.MAX_VALUE);
        await().atMost(LIMIT).until(() -> storage.spool().state() instanceof Working);
        assertThat(disk.list()).contains(Reserve.NAME);
    }

    @Test
    void losesNoCompletionWhereverTheDiskIsFullOnce() throws IOException {
        for (int k = 1; k <= 40; k++) {
            var small = new SimulatedDisk(k);
            try (SpoolStorage other = storage(small, 200_000)) {
                small.fullAt(k, 1);

                for (int i = 0; i < 30; i++) {
                    Exchange exchange = Exchanges.of(i);
                    Flight flight = other.spool()
                            .begin(exchange.session().id(), exchange.session().service(), "POST", Durability.STRICT);
                    Commit commit = other.spool().complete(exchange, flight).await(LIMIT);

                    assertThat(commit).as("write %d, call %d", k, i).isEqualTo(Commit.DURABLE);
                }
            }
        }
    }

    @Test
    void keepsTheSpoolWhileTheCatalogFails() {
        catalog.failWith(new StorageException("down"));
        for (int i = 0; i < 10; i++) {
            record(i).await(LIMIT);
        }
        await().atMost(LIMIT).until(() -> storage.stats().trouble().contains("down"));

        catalog.failWith(null);

        await().atMost(LIMIT).until(() -> storage.isIndexed() && catalog.lastSequence() == 10);
    }

    @Test
    void leavesNoThreadBehind() throws IOException {
        storage(new SimulatedDisk(1), 200_000).close();
        storage.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("spool-") && thread.isAlive());
    }

    private SpoolStorage storage(SimulatedDisk on, long queueBytes) throws IOException {
        var sources = new Sources(InstantSource.system(), System::nanoTime, new Random(1));
        return SpoolStorage.open(on, settings(16 * 1024, queueBytes), catalog, payloads, Exchanges.NODE, sources);
    }

    static SpoolSettings settings(long fileBytes, long queueBytes) {
        return new SpoolSettings(
                Path.of("unused"),
                fileBytes,
                100_000_000,
                Duration.ofMillis(5),
                4096,
                queueBytes,
                256 * 1024,
                Duration.ofMillis(300),
                Duration.ofHours(1),
                1000);
    }

    private Flight begin(Exchange exchange) {
        return storage.spool().begin(exchange.session().id(), exchange.session().service(), "POST", Durability.STRICT);
    }

    private Ticket record(long number) {
        Exchange exchange = Exchanges.of(number);
        return storage.spool().complete(exchange, begin(exchange));
    }

    private boolean readable(long number) {
        return storage.archive().find(Exchanges.id(number)).isPresent();
    }
}
