// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.audit.AuditEntry;
import dev.hansard.ports.audit.AuditEvent;
import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.SessionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
        return database.with(connection -> {
            try (PreparedStatement append = connection.prepareStatement(APPEND)) {
                bind(append, event);
                try (ResultSet number = append.executeQuery()) {
                    if (!number.next()) {
                        throw new StorageException(
                                "the audit log in PostgreSQL has lost its end: the table audit_end must hold one row"
                                        + " with the highest number of the table audit; restore a backup");
                    }
                    return number.getLong(1);
                }
            }
        });
    }

    private static void bind(PreparedStatement append, AuditEvent event) throws SQLException {
        append.setObject(1, event.at().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        append.setString(2, PostgresText.encode(event.provider()));
        append.setString(3, PostgresText.encode(event.actor()));
        append.setString(4, event.action().word());
        append.setString(5, PostgresText.encode(event.object()));
        append.setObject(6, event.session() == null ? null : SessionIds.toUuid(event.session()), Types.OTHER);
        append.setString(7, PostgresText.encode(event.from()));
        append.setString(8, event.reason() == null ? null : PostgresText.encode(event.reason()));
        append.setBoolean(9, event.allowed());
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
        return database.with(connection -> {
            try (PreparedStatement select = CatalogSearch.prepared(connection, sql, List.of(bound, limit));
                    ResultSet row = select.executeQuery()) {
                var entries = new ArrayList<AuditEntry>();
                while (row.next()) {
                    entries.add(entry(row));
                }
                return entries;
            }
        });
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
