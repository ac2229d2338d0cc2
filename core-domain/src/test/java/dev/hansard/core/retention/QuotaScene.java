// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.notify.Alerts;
import dev.hansard.core.notify.MemoryOfAlerts;
import dev.hansard.core.usage.Consumption;
import dev.hansard.core.usage.FakeParts;
import dev.hansard.core.usage.QuotaKeeper;
import dev.hansard.core.usage.Quotas;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.notify.Notice;
import dev.hansard.ports.usage.WhenFull;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A quota over the stores of a scene. */
final class QuotaScene {
    static final ServiceName PAYMENTS = new ServiceName("payments");

    final FakeParts parts = new FakeParts();
    final List<Notice> notices = new ArrayList<>();
    final Alerts alerts;
    final QuotaKeeper keeper;
    private Duration taking = Duration.ZERO;

    QuotaScene(RetentionScene scene, long limit, WhenFull whenFull) {
        var auditor = new Auditor(new InMemoryAuditLog(), () -> scene.now, false);
        alerts = new Alerts(new MemoryOfAlerts(), auditor, notices::add, () -> scene.now);
        var rules = new RetentionRules(Map.of(RetentionClass.DEFAULT, Duration.ofDays(30)), Map.of(), List.of());
        var consumption = new Consumption(scene.segments, parts, rules, () -> {
            scene.nanos += taking.toNanos();
            return scene.now;
        });
        var quotas = new Quotas(limit, Map.of(), Quotas.USUAL_ALERTS, whenFull);
        keeper = new QuotaKeeper(consumption, quotas, scene.pruner, alerts, () -> scene.nanos);
    }

    void lookTakes(Duration time) {
        taking = time;
    }

    void tick() {
        keeper.look();
        keeper.act();
    }

    /** Types of what was told, and what state it was about. */
    List<String> told() {
        return notices.stream()
                .map(notice -> notice.type() + " " + notice.data().replaceAll(".*\"state\":\"([^\"]*)\".*", "$1"))
                .toList();
    }
}
