// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.retention.RetentionSettings;
import dev.hansard.core.audit.Auditor;
import dev.hansard.core.notify.Alerts;
import dev.hansard.core.notify.MemoryOfAlerts;
import dev.hansard.core.retention.Pruner;
import dev.hansard.core.session.RecordRoom;
import dev.hansard.core.usage.Consumption;
import dev.hansard.core.usage.DiskWatch;
import dev.hansard.core.usage.QuotaKeeper;
import dev.hansard.core.usage.StorageCheck;
import dev.hansard.core.usage.StorageOffice;
import dev.hansard.ports.notify.AlertRecords;
import dev.hansard.ports.notify.NoticeSink;
import dev.hansard.ports.notify.Notices;
import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.ports.usage.DiskGrade;
import dev.hansard.ports.usage.StorageDesk;
import dev.hansard.ports.usage.StoredParts;
import dev.hansard.ports.value.NodeName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What sees how much is stored and acts on it, put together. */
final class Usage {
    private final QuotaKeeper keeper;
    private final DiskWatch disk;
    private final Alerts alerts;
    private final StoredParts parts;
    private final StorageDesk desk;

    private Usage(QuotaKeeper keeper, DiskWatch disk, Alerts alerts, StoredParts parts, StorageDesk desk) {
        this.keeper = keeper;
        this.disk = disk;
        this.alerts = alerts;
        this.parts = parts;
        this.desk = desk;
    }

    /**
     * Whom it works with.
     *
     * @param pruner null where nothing can be removed
     */
    record Others(
            ControlStore control,
            Storage storage,
            Auditor auditor,
            Notices notices,
            @Nullable Pruner pruner) {}

    static Usage over(RetentionSettings settings, NodeName node, Others others, NodeClock clock) {
        Storage storage = others.storage();
        StoredParts parts = storage.parts();
        AlertRecords kept = others.control().alerts();
        var alerts = new Alerts(
                kept == null ? new MemoryOfAlerts() : kept, others.auditor(), others.notices(), clock.wall());
        var consumption = new Consumption(storage.segments(), parts, settings.toRules(), clock.wall());
        var keeper = new QuotaKeeper(consumption, settings.quotas(), others.pruner(), alerts, clock.nanos());
        var check = new StorageCheck(
                parts, storage.segments(), storage.catalog(), readings(others.control(), alerts), clock.nanos());
        var limits = new StorageOffice.Limits(settings.quotas(), keeper);
        var desk = new StorageOffice(consumption, limits, parts, alerts, check, others.auditor());
        return new Usage(keeper, new DiskWatch(parts, alerts, node), alerts, parts, desk);
    }

    private static Map<String, Runnable> readings(ControlStore control, Alerts alerts) {
        var readings = new LinkedHashMap<String, Runnable>();
        readings.put("audit log", () -> control.audit().newest(Long.MAX_VALUE, 1));
        readings.put("API keys", () -> control.keys().list());
        readings.put("alerts", alerts::raised);
        RetentionRecords retention = control.retention();
        if (retention != null) {
            readings.put("holds", () -> retention.holds().list());
            readings.put("removals", () -> retention.notes().open());
        }
        return readings;
    }

    RecordRoom room() {
        return keeper;
    }

    StorageDesk desk() {
        return desk;
    }

    /** What each node does: see what its calls are refused by. */
    void look() {
        attempt(keeper::look, "what services take cannot be seen");
    }

    /** What one node does for all: alerts and removals. */
    void act() {
        attempt(keeper::act, "quotas cannot be kept");
    }

    void lookAtDisk() {
        attempt(disk::tick, "alerts about the disk cannot be kept");
    }

    private static void attempt(Runnable work, String otherwise) {
        try {
            work.run();
        } catch (StorageException e) {
            System.getLogger(Usage.class.getName())
                    .log(System.Logger.Level.WARNING, "{0}, tried again soon: {1}", otherwise, e.getMessage());
        }
    }

    /** How the disk is, when there is something to say; else empty. */
    String warning() {
        return parts.room().grade() == DiskGrade.LOW ? "the disk is getting full" : "";
    }

    /** By their names as metrics. */
    Map<String, Long> figures(Map<String, NoticeSink.Figures> sinks) {
        var figures = new LinkedHashMap<String, Long>();
        StoredParts.Room room = parts.room();
        figures.put("hansard_alerts_raised_total", alerts.raisedCount());
        figures.put("hansard_alerts_cleared_total", alerts.clearedCount());
        figures.put("hansard_disk_grade", (long) room.grade().level());
        if (room.free() >= 0) {
            figures.put("hansard_disk_free_bytes", room.free());
        }
        sinks.forEach((name, its) -> {
            String label = "{sink=\"" + name + "\"}";
            figures.put("hansard_sink_waiting" + label, (long) its.waiting());
            figures.put("hansard_sink_delivered_total" + label, its.delivered());
            figures.put("hansard_sink_failed_total" + label, its.failed());
            figures.put("hansard_sink_dropped_total" + label, its.dropped());
        });
        return figures;
    }
}
