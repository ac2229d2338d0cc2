// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.notify.Alert;
import dev.hansard.ports.notify.AlertRecords;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The alerts that are raised, a row each. */
final class H2AlertRecords implements AlertRecords {
    private final ControlDatabase database;

    H2AlertRecords(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public List<Alert> raised() {
        return database.read(handle -> handle.createQuery("SELECT * FROM alert ORDER BY subject")
                .map((row, _) -> new Alert(
                        row.getString("subject"),
                        row.getInt("alert_level"),
                        row.getString("state"),
                        row.getString("detail"),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list());
    }

    @Override
    public void put(Alert alert) {
        database.change(handle -> handle.execute(
                "MERGE INTO alert(subject, alert_level, state, detail, since) KEY(subject) VALUES (?, ?, ?, ?, ?)",
                alert.subject(),
                alert.level(),
                alert.state(),
                alert.detail(),
                alert.since().atOffset(ZoneOffset.UTC)));
    }

    @Override
    public void remove(String subject) {
        database.change(handle -> handle.execute("DELETE FROM alert WHERE subject = ?", subject));
    }
}
