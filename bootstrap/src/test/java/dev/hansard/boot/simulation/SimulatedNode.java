// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.ledger.MerkleLedger;
import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.core.ledger.RemovalsInLedger;
import dev.hansard.core.ledger.note.LedgerKey;
import dev.hansard.core.retention.ClockCheck;
import dev.hansard.core.retention.HeldSegments;
import dev.hansard.core.retention.HeldSessions;
import dev.hansard.core.retention.HoldOffice;
import dev.hansard.core.retention.Pruner;
import dev.hansard.core.retention.Remover;
import dev.hansard.core.retention.RetentionKeeper;
import dev.hansard.core.retention.RetentionOffice;
import dev.hansard.core.retention.RetentionRules;
import dev.hansard.core.retention.Schedule;
import dev.hansard.ports.retention.RetentionEvidence;
import dev.hansard.ports.session.TimeWitness;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.storage.spool.SpoolSettings;
import dev.hansard.storage.spool.SpoolStores;
import dev.hansard.storage.spool.SteppedSpool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One process of the node, wired as {@code boot.wiring} does it, but without a thread. */
final class SimulatedNode implements AutoCloseable {
    static final NodeName NAME = new NodeName("node-1");
    static final RetentionClass WEEK = new RetentionClass("week");
    static final RetentionRules RULES = new RetentionRules(
            Map.of(RetentionClass.DEFAULT, Duration.ofHours(6), WEEK, Duration.ofDays(7)), Map.of(), List.of(), null);
    static final LedgerKey KEY = LedgerKey.of(LedgerKey.make(PublishedLedger.originOf(NAME)));

    final SteppedSpool spool;
    final RetentionKeeper keeper;
    final RetentionOffice retention;
    final HoldOffice holds;
    private final MerkleLedger ledger;

    private SimulatedNode(SimulatedWorld world, SteppedSpool spool, MerkleLedger ledger, Random random) {
        this.spool = spool;
        this.ledger = ledger;
        InstantSource wall = world.clock::wall;
        var auditor = new Auditor(world.audit, wall, false);
        var held = new HeldSessions(world.holds);
        RetentionEvidence evidence = new RemovalsInLedger(ledger, NAME, world.removals, wall);
        var remover = new Remover(spool.segments(), world.catalog, held, world.notes, evidence, wall);
        List<TimeWitness> witnesses = List.of(world.clock);
        var check = new ClockCheck(wall, world.clock::nanos, world.notes, world.catalog, witnesses);
        var pruner = new Pruner(spool.segments(), RULES, remover, check, wall, auditor);
        var segments = new HeldSegments(world.holds, spool.segments());
        keeper = new RetentionKeeper(pruner, check, segments, Schedule.parse("7 * * * *"), wall);
        var works = new RetentionOffice.Works(pruner, keeper, check);
        retention = new RetentionOffice(works, world.catalog, world.holds, spool.segments(), remover, auditor);
        var register = new HoldOffice.Register(world.holds, held, segments);
        holds = new HoldOffice(register, world.catalog, evidence, auditor, wall, random);
    }

    /** Starts a process over what the last one left. */
    static SimulatedNode start(SimulatedWorld world, Random random) throws IOException {
        var ledger = new MerkleLedger(
                world.ledgerDisk,
                new PublishedLedger(world.payloads, NAME),
                KEY,
                world.clock::nanos,
                Duration.ofSeconds(10));
        SpoolStores stores = new SpoolStores(world.catalog, world.payloads)
                .enteringIn(ledger)
                .encryptingBy(world.wrapper);
        SteppedSpool spool = SteppedSpool.open(
                world.spoolDisk, settings(random), stores, NAME, world.clock::wall, world.clock::nanos, random);
        return new SimulatedNode(world, spool, ledger, random);
    }

    private static SpoolSettings settings(Random random) {
        return new SpoolSettings(
                Path.of("unused"),
                // Room for the intents of all open calls: what is taken over from file to file must come to an end.
                (1L + random.nextInt(3)) * 16_384,
                random.nextInt(4) == 0 ? 40_000 : 10_000_000,
                Duration.ofMillis(5),
                300 + random.nextInt(2) * 2048,
                200_000,
                1000,
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                400);
    }

    @Override
    public void close() {
        ledger.close();
        spool.close();
    }
}
