// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.notify;

import dev.hansard.ports.notify.Alert;
import dev.hansard.ports.notify.AlertRecords;
import java.util.List;
import java.util.TreeMap;

/** Alerts of a process, for where the control store keeps none: a new process raises them anew. */
public final class MemoryOfAlerts implements AlertRecords {
    private final TreeMap<String, Alert> alerts = new TreeMap<>();

    @Override
    public synchronized List<Alert> raised() {
        return List.copyOf(alerts.values());
    }

    @Override
    public synchronized void put(Alert alert) {
        alerts.put(alert.subject(), alert);
    }

    @Override
    public synchronized void remove(String subject) {
        alerts.remove(subject);
    }
}
