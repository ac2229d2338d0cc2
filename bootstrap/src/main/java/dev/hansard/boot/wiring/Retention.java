// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.retention.RetentionSettings;
import dev.hansard.core.audit.Auditor;
import dev.hansard.core.ledger.RemovalsInLedger;
import dev.hansard.core.retention.ClockCheck;
import dev.hansard.core.retention.HeldSegments;
import dev.hansard.core.retention.HeldSessions;
import dev.hansard.core.retention.HoldOffice;
import dev.hansard.core.retention.Pruner;
import dev.hansard.core.retention.Remover;
import dev.hansard.core.retention.RetentionKeeper;
import dev.hansard.core.retention.RetentionOffice;
import dev.hansard.core.retention.RetentionRules;
import dev.hansard.ports.retention.HoldDesk;
import dev.hansard.ports.retention.RetentionDesk;
import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.TimeWitness;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What removes sessions, put together. */
final class Retention {
    /** How often to look whether it is time. */
    static final Duration TICK = Duration.ofMinutes(1);

    private final RetentionDesk desk;
    private final HoldDesk holds;
    private final RetentionKeeper keeper;
    private final RemovalsInLedger evidence;
    private final Pruner pruner;

    private Retention(
            RetentionDesk desk, HoldDesk holds, RetentionKeeper keeper, RemovalsInLedger evidence, Pruner pruner) {
        this.pruner = pruner;
        this.desk = desk;
        this.holds = holds;
        this.keeper = keeper;
        this.evidence = evidence;
    }

    static Retention over(RetentionSettings settings, Kept kept, Storage storage, Auditor auditor, NodeClock clock) {
        RetentionRules rules = settings.toRules();
        RetentionRecords records = kept.records();
        RemovalsInLedger evidence = storage.ledger().evidence(records.removals());
        SessionCatalog catalog = storage.catalog();
        var held = new HeldSessions(records.holds());
        var remover = new Remover(storage.segments(), catalog, held, records.notes(), evidence, clock.wall());
        var check = new ClockCheck(clock.wall(), clock.nanos(), records.notes(), catalog, clocks(kept, storage));
        var pruner = new Pruner(storage.segments(), rules, remover, check, clock.wall(), auditor);
        var segments = new HeldSegments(records.holds(), storage.segments());
        var keeper = new RetentionKeeper(pruner, check, segments, settings.schedule(), clock.wall());
        var desk = new RetentionOffice(
                new RetentionOffice.Works(pruner, keeper, check),
                catalog,
                records.holds(),
                storage.segments(),
                remover,
                auditor);
        var register = new HoldOffice.Register(records.holds(), held, segments);
        var holds = new HoldOffice(register, catalog, evidence, auditor, clock.wall(), clock.secrets());
        return new Retention(desk, holds, keeper, evidence, pruner);
    }

    /**
     * What the control store keeps of it.
     *
     * @param clocks of the store's server; none when it has none of its own
     */
    record Kept(RetentionRecords records, List<TimeWitness> clocks) {
        Kept {
            clocks = List.copyOf(clocks);
        }
    }

    private static List<TimeWitness> clocks(Kept kept, Storage storage) {
        return Stream.concat(kept.clocks().stream(), storage.clocks().stream()).toList();
    }

    /** Looks whether it is time, and removes what has to go then. */
    void tick() {
        keeper.tick();
    }

    Pruner pruner() {
        return pruner;
    }

    /** Enters in this node's ledger what others have removed of its records. */
    void enterForeign() {
        try {
            evidence.enterForeign();
        } catch (StorageException e) {
            System.getLogger(Retention.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "what other nodes removed cannot be entered in the ledger yet: {0}",
                            e.getMessage());
        }
    }

    RetentionDesk desk() {
        return desk;
    }

    HoldDesk holds() {
        return holds;
    }
}
