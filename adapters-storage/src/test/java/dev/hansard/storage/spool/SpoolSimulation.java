// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.crypt.InMemoryKeyWrapper;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.InMemoryPayloadStore;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.SimulatedDisk;
import dev.hansard.ports.session.Spool.Flight;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.Ticket;
import dev.hansard.ports.session.Ticket.Commit;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.Exchanges.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One node's spool lived through several lives by one thread, all of it following from a seed: calls, commits,
 * indexing, sealing in any order, a disk that fails, and at any operation of the disk a kill or a loss of power. At
 * the end the invariants of the record are checked: nothing acknowledged is lost (I1, I2), no intent without an end is
 * forgotten (I3), each session is there once (I4), and whatever is there can be read (I5).
 */
final class SpoolSimulation {
    private static final int LIVES = 4;
    private static final int TURNS = 60;

    private final Random random;
    private final SimulatedDisk disk;
    private final boolean diskFaults;
    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    private final InMemoryPayloadStore payloads = new InMemoryPayloadStore();
    private final @Nullable InMemoryKeyWrapper wrapper;
    private final Map<SessionId, Call> calls = new LinkedHashMap<>();
    private final List<Call> running = new ArrayList<>();
    private final Set<SessionId> surelyInFlight = new HashSet<>();
    private final Set<SessionId> killedInFlight = new HashSet<>();
    private long time;
    private long made;

    /** What is known of a call from the outside. */
    private static final class Call {
        private final Exchange exchange;
        private final Flight flight;
        private @Nullable Ticket intent;
        private @Nullable Ticket completion;
        private boolean discarded;
        private boolean intentDurable;
        private boolean completionDurable;

        Call(Exchange exchange, Flight flight) {
            this.exchange = exchange;
            this.flight = flight;
        }

        void look() {
            intentDurable |= intent != null && intent.await(Duration.ZERO) == Commit.DURABLE;
            completionDurable |= completion != null && completion.await(Duration.ZERO) == Commit.DURABLE;
        }
    }

    SpoolSimulation(long seed, boolean diskFaults) {
        random = new Random(seed);
        disk = new SimulatedDisk(seed);
        wrapper = seed % 2 == 0 ? new InMemoryKeyWrapper() : null;
        this.diskFaults = diskFaults;
    }

    void run() throws IOException {
        for (int life = 0; life < LIVES; life++) {
            live();
        }
        settle();
    }

    private void live() {
        disk.crashAfter(1 + random.nextInt(random.nextBoolean() ? 60 : 600));
        SpoolNode node = null;
        try {
            node = open();
            recovered();
            for (int turn = 0; turn < TURNS; turn++) {
                turn(node);
            }
            throw new SimulatedDisk.PowerLoss();
        } catch (SimulatedDisk.PowerLoss _) {
            end(node);
        } catch (StorageException | IOException e) {
            // A start that finds the disk failing is refused; the next one comes.
            assertThat(diskFaults).as("trouble without a cause: " + e).isTrue();
            end(node);
        }
    }

    private void end(@Nullable SpoolNode node) {
        calls.values().forEach(Call::look);
        boolean kill = random.nextBoolean();
        if (kill) {
            running.stream()
                    .filter(call -> call.completion == null && !call.discarded)
                    .forEach(call -> killedInFlight.add(call.exchange.session().id()));
            disk.kill();
        } else {
            killedInFlight.clear();
            disk.crash();
        }
        running.clear();
        if (node != null) {
            node.close();
        }
    }

    /** What flew when the process was killed has a record now, which a loss of power cannot take any more. */
    private void recovered() {
        surelyInFlight.addAll(killedInFlight);
        killedInFlight.clear();
    }

    private SpoolNode open() throws IOException {
        var settings = new SpoolSettings(
                Path.of("unused"),
                4096 + random.nextInt(3) * 8192,
                10_000_000,
                Duration.ofMillis(5),
                1 + random.nextInt(2) * 2048,
                200_000,
                1000,
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                100);
        var sources = new Sources(() -> Instant.ofEpochMilli(time += 100), () -> time += 1_000_000, random);
        var stores = new SpoolStores(catalog, payloads).encryptingBy(wrapper);
        return SpoolNode.open(disk, settings, stores, Exchanges.NODE, sources);
    }

    private void turn(SpoolNode node) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> begin(node);
            case 3, 4 -> complete(node);
            case 5 -> discard();
            case 6, 7, 8 -> node.writer().step(0);
            case 9, 10 -> work(node);
            default -> trouble();
        }
        if (!running.isEmpty()) {
            running.get(random.nextInt(running.size())).look();
        }
    }

    private void work(SpoolNode node) {
        try {
            if (random.nextBoolean()) {
                node.indexer().step();
            } else {
                node.sealer().step();
            }
        } catch (IOException | StorageException e) {
            assertThat(diskFaults).as("trouble without a cause: " + e).isTrue();
        }
    }

    private void begin(SpoolNode node) {
        boolean strict = random.nextInt(3) > 0;
        Durability durability = strict ? Durability.STRICT : Durability.RELAXED;
        long number = made++;
        Exchange exchange = random.nextInt(15) == 0
                ? Exchanges.big(number, random.nextInt(9000), random.nextInt(9000))
                : Exchanges.of(number, random.nextBoolean() ? "payments" : "orders", Exchanges.NOON, durability);
        Session session = exchange.session();
        Flight flight = node.spool().begin(session.id(), session.service(), session.method(), durability);
        var call = new Call(exchange, flight);
        calls.put(session.id(), call);
        running.add(call);
        if (strict) {
            call.intent = node.spool().intent(Exchanges.intent(exchange));
        }
        flight.progress(number, 2 * number);
    }

    private void complete(SpoolNode node) {
        if (!running.isEmpty()) {
            Call call = running.get(random.nextInt(running.size()));
            if (call.completion == null && !call.discarded) {
                call.completion = node.spool().complete(call.exchange, call.flight);
            }
        }
    }

    private void discard() {
        if (!running.isEmpty()) {
            Call call = running.get(random.nextInt(running.size()));
            if (call.completion == null) {
                call.discarded = true;
                call.flight.discard();
            }
        }
    }

    private void trouble() {
        if (!diskFaults) {
            return;
        }
        switch (random.nextInt(5)) {
            case 0 -> disk.failSyncs(1 + random.nextInt(3));
            case 1 -> disk.fullAt(1 + random.nextInt(4), 1 + random.nextInt(4));
            case 2 -> disk.broken(true);
            default -> disk.broken(false);
        }
    }

    /** A last life without trouble: everything comes to rest. */
    private void settle() throws IOException {
        try (SpoolNode node = open()) {
            recovered();
            check(node);
            Exchange last = Exchanges.of(made);
            Flight flight =
                    node.spool().begin(last.session().id(), last.session().service(), "POST", Durability.STRICT);
            Ticket ticket = node.spool().complete(last, flight);
            rest(node);
            assertThat(ticket.await(Duration.ZERO)).isEqualTo(Commit.DURABLE);
            for (int i = 0; i < 50; i++) {
                time += 1_000_000;
                node.writer().step(0);
                rest(node);
                while (node.sealer().step()) {
                    rest(node);
                }
            }
            assertThat(node.stats().files()).as("spool files left").isLessThanOrEqualTo(1);
            check(node);
        }
    }

    private static void rest(SpoolNode node) throws IOException {
        node.writer().step(0);
        while (node.indexer().step() >= 0) {
            node.writer().step(0);
        }
    }

    private void check(SpoolNode node) throws IOException {
        rest(node);
        List<CatalogEntry> rows = catalog.since(0, SessionQuery.ALL, 1000);
        assertThat(rows.stream().map(CatalogEntry::sequence)).as("sequences").doesNotHaveDuplicates();
        for (Call call : calls.values()) {
            SessionId id = call.exchange.session().id();
            Session found = node.archive().find(id).orElse(null);
            if (call.completionDurable) {
                assertThat(found).as("acknowledged " + id).isEqualTo(call.exchange.session());
            }
            boolean promised = call.intentDurable && !call.discarded;
            if (promised || surelyInFlight.contains(id)) {
                assertThat(found).as("intent or flight of " + id).isNotNull();
            }
            if (found != null) {
                checkContent(node, call, found);
            }
        }
    }

    private void checkContent(SpoolNode node, Call call, Session found) throws IOException {
        boolean complete = found.state() == SessionState.COMPLETE;
        assertThat(complete
                        || Unfinished.OUTCOME_UNKNOWN.equals(found.code())
                        || Unfinished.RECORD_LOST.equals(found.code()))
                .as("code " + found.code())
                .isTrue();
        if (complete) {
            assertThat(found).isEqualTo(call.exchange.session());
            try (InputStream in =
                    node.archive().openBody(found.id(), Direction.RESPONSE).orElseThrow()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                        .isEqualTo(call.exchange.response());
            }
        }
    }
}
