// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.audit.AuditEntry;
import dev.hansard.ports.audit.AuditEvent;
import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The audit log as a table that is only ever added to. */
final class H2AuditLog implements AuditLog {
    /** How many entries it takes; some 3 GB. Then nothing that has to be written down is done any more. */
    static final long MOST = 1_000_000;

    private final ControlDatabase database;
    private final long most;
    private long last;

    H2AuditLog(ControlDatabase database) {
        this(database, MOST);
    }

    H2AuditLog(ControlDatabase database, long most) {
        this.database = database;
        this.most = most;
        this.last = database.read(handle -> handle.createQuery("SELECT COALESCE(MAX(number), 0) FROM audit")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public synchronized long append(AuditEvent event) {
        if (last >= most) {
            throw new StorageException("the audit log is full with " + most
                    + " entries; stop the node, move the folder 'control' of storage.data-dir to your archive, and make"
                    + " new API keys");
        }
        long number = last + 1;
        database.note(handle -> handle.execute(
                "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                number,
                event.at().atOffset(ZoneOffset.UTC),
                event.provider(),
                event.actor(),
                event.action().word(),
                event.object(),
                uuid(event.session()),
                event.from(),
                event.reason(),
                event.allowed()));
        last = number;
        return number;
    }

    @Override
    public List<AuditEntry> newest(long below, int limit) {
        return list("SELECT * FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?", below, limit);
    }

    @Override
    public List<AuditEntry> since(long above, int limit) {
        return list("SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT ?", above, limit);
    }

    private List<AuditEntry> list(String sql, long bound, int limit) {
        if (limit < 1 || limit > MOST_ENTRIES) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST_ENTRIES + ", but is " + limit);
        }
        return database.read(handle -> handle.createQuery(sql)
                .bind(0, bound)
                .bind(1, limit)
                .map((row, _) -> entry(row))
                .list());
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("number"),
                new AuditEvent(
                        row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                        row.getString("provider"),
                        row.getString("actor"),
                        AuditAction.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
                        row.getString("object"),
                        session(row.getObject("session", UUID.class)),
                        row.getString("peer"),
                        row.getString("reason"),
                        row.getBoolean("allowed")));
    }

    private static @Nullable UUID uuid(@Nullable SessionId id) {
        return id == null ? null : new UUID(id.high(), id.low());
    }

    private static @Nullable SessionId session(@Nullable UUID id) {
        return id == null ? null : new SessionId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
