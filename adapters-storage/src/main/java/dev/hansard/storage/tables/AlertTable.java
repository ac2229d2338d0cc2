// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

import dev.hansard.ports.notify.Alert;
import dev.hansard.ports.notify.AlertRecords;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The alerts that are raised, a row each. */
public final class AlertTable implements AlertRecords {
    private final ControlTables database;

    public AlertTable(ControlTables database) {
        this.database = database;
    }

    @Override
    public List<Alert> raised() {
        return database.read(handle -> handle.createQuery("SELECT * FROM alert ORDER BY subject")
                .map((row, _) -> new Alert(
                        database.decode(row.getString("subject")),
                        row.getInt("alert_level"),
                        database.decode(row.getString("state")),
                        database.decode(row.getString("detail")),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list());
    }

    @Override
    public void put(Alert alert) {
        database.change(handle -> {
            handle.execute("DELETE FROM alert WHERE subject = ?", database.encode(alert.subject()));
            return handle.execute(
                    "INSERT INTO alert(subject, alert_level, state, detail, since) VALUES (?, ?, ?, ?, ?)",
                    database.encode(alert.subject()),
                    alert.level(),
                    database.encode(alert.state()),
                    database.encode(alert.detail()),
                    alert.since().atOffset(ZoneOffset.UTC));
        });
    }

    @Override
    public void remove(String subject) {
        database.change(handle -> handle.execute("DELETE FROM alert WHERE subject = ?", database.encode(subject)));
    }
}
