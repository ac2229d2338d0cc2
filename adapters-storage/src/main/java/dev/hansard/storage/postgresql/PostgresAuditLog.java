// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One audit log of all nodes: a table that is only ever added to. The next number is taken, and the event written under
 * it, by one statement, so that a node that stops in the middle holds nobody up and leaves no gap. Times are kept to
 * the microsecond.
 */
final class PostgresAuditLog implements AuditLog {
    private static final String APPEND = """
            WITH next AS (UPDATE audit_end SET number = number + 1 RETURNING number)
            INSERT INTO audit SELECT number, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM next RETURNING number""";

    private static final String COLUMNS = "SELECT number, happened_at, provider, actor, action, object, session, peer,"
            + " reason, allowed FROM audit ";

    private final PostgresDatabase database;

    PostgresAuditLog(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public long append(AuditEvent event) {
        return database.with(handle -> handle.select(
                        APPEND,
                        event.at().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
                        PostgresText.encode(event.provider()),
                        PostgresText.encode(event.actor()),
                        event.action().word(),
                        PostgresText.encode(event.object()),
                        event.session() == null ? null : SessionIds.toUuid(event.session()),
                        PostgresText.encode(event.from()),
                        event.reason() == null ? null : PostgresText.encode(event.reason()),
                        event.allowed())
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> new StorageException(
                        "the audit log in PostgreSQL has lost its end: the table audit_end must hold one row with the"
                                + " highest number of the table audit; restore a backup")));
    }

    @Override
    public List<AuditEntry> newest(long below, int limit) {
        return list(COLUMNS + "WHERE number < ? ORDER BY number DESC LIMIT ?", below, limit);
    }

    @Override
    public List<AuditEntry> since(long above, int limit) {
        return list(COLUMNS + "WHERE number > ? ORDER BY number LIMIT ?", above, limit);
    }

    private List<AuditEntry> list(String sql, long bound, int limit) {
        if (limit < 1 || limit > MOST_ENTRIES) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST_ENTRIES + ", but is " + limit);
        }
        return database.with(handle ->
                handle.select(sql, bound, limit).map((row, _) -> entry(row)).list());
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        String reason = row.getString(9);
        return new AuditEntry(
                row.getLong(1),
                new AuditEvent(
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        PostgresText.decode(row.getString(3)),
                        PostgresText.decode(row.getString(4)),
                        AuditAction.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                        PostgresText.decode(row.getString(6)),
                        session(row.getObject(7, UUID.class)),
                        PostgresText.decode(row.getString(8)),
                        reason == null ? null : PostgresText.decode(reason),
                        row.getBoolean(10)));
    }

    private static @Nullable SessionId session(@Nullable UUID id) {
        return id == null ? null : SessionIds.fromUuid(id);
    }
}
