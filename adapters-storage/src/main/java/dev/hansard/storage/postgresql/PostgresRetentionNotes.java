// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.retention.Cause;
import dev.hansard.ports.retention.RetentionNotes;
import dev.hansard.ports.value.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Removals that have not ended, whichever node began them, and one row with the time. */
final class PostgresRetentionNotes implements RetentionNotes {
    private final PostgresDatabase database;

    PostgresRetentionNotes(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public long begin(Removal removal) {
        SessionId one = removal.session();
        return database.change(handle -> handle.createQuery(
                        "INSERT INTO removal(segment, cause, session) VALUES (?, ?, CAST(? AS uuid)) RETURNING number")
                .bind(0, removal.segment())
                .bind(1, removal.cause().word())
                .bindByType(2, one == null ? null : SessionIds.toUuid(one), UUID.class)
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void end(long number) {
        database.change(handle -> handle.execute("DELETE FROM removal WHERE number = ?", number));
    }

    @Override
    public List<Open> open() {
        return database.with(handle -> handle.createQuery("SELECT * FROM removal ORDER BY number")
                .map((row, _) -> open(row))
                .list());
    }

    private static Open open(ResultSet row) throws SQLException {
        UUID one = row.getObject("session", UUID.class);
        return new Open(
                row.getLong("number"),
                new Removal(
                        row.getString("segment"),
                        Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
                        one == null ? null : SessionIds.fromUuid(one)));
    }

    @Override
    public @Nullable Instant mark() {
        List<OffsetDateTime> kept = database.with(handle -> handle.createQuery("SELECT seen_at FROM clock_mark")
                .mapTo(OffsetDateTime.class)
                .list());
        return kept.isEmpty() ? null : kept.getFirst().toInstant();
    }

    @Override
    public void mark(Instant time) {
        database.change(handle -> handle.execute(
                "INSERT INTO clock_mark(seen_at) VALUES (?)"
                        + " ON CONFLICT (one) DO UPDATE SET seen_at = excluded.seen_at",
                time.atOffset(ZoneOffset.UTC)));
    }
}
