// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.retention.RetentionSettings;
import dev.hansard.core.audit.Auditor;
import dev.hansard.core.retention.ClockCheck;
import dev.hansard.core.retention.HeldSessions;
import dev.hansard.core.retention.HoldOffice;
import dev.hansard.core.retention.Pruner;
import dev.hansard.core.retention.Remover;
import dev.hansard.core.retention.RetentionKeeper;
import dev.hansard.core.retention.RetentionOffice;
import dev.hansard.core.retention.RetentionRules;
import dev.hansard.ports.retention.HoldDesk;
import dev.hansard.ports.retention.RetentionDesk;
import dev.hansard.ports.retention.RetentionEvidence;
import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.session.SessionCatalog;
import java.time.Duration;
import java.util.List;

/** What removes sessions, put together. */
final class Retention {
    /** How often to look whether it is time. */
    static final Duration TICK = Duration.ofMinutes(1);

    private final RetentionDesk desk;
    private final HoldDesk holds;
    private final RetentionKeeper keeper;
    private final Pruner pruner;

    private Retention(RetentionDesk desk, HoldDesk holds, RetentionKeeper keeper, Pruner pruner) {
        this.pruner = pruner;
        this.desk = desk;
        this.holds = holds;
        this.keeper = keeper;
    }

    static Retention over(
            RetentionSettings settings,
            RetentionRecords records,
            Storage storage,
            RetentionEvidence evidence,
            Auditor auditor,
            NodeClock clock) {
        RetentionRules rules = settings.toRules();
        SessionCatalog catalog = storage.catalog();
        var held = new HeldSessions(records.holds());
        var remover = new Remover(storage.segments(), catalog, held, records.notes(), evidence);
        var check = new ClockCheck(clock.wall(), clock.nanos(), records.notes(), catalog, List.of());
        var pruner = new Pruner(storage.segments(), rules, remover, check, clock.wall(), auditor);
        var keeper = new RetentionKeeper(pruner, check, settings.schedule(), clock.wall());
        var desk = new RetentionOffice(
                new RetentionOffice.Works(pruner, keeper, check),
                catalog,
                records.holds(),
                storage.segments(),
                remover,
                auditor);
        var register = new HoldOffice.Register(records.holds(), held);
        var holds = new HoldOffice(register, catalog, evidence, auditor, clock.wall(), clock.secrets());
        return new Retention(desk, holds, keeper, pruner);
    }

    /** Looks whether it is time, and removes what has to go then. */
    void tick() {
        keeper.tick();
    }

    Pruner pruner() {
        return pruner;
    }

    RetentionDesk desk() {
        return desk;
    }

    HoldDesk holds() {
        return holds;
    }
}
