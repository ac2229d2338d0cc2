// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

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
final class RetentionNoteTable implements RetentionNotes {
    private final ControlTables database;

    RetentionNoteTable(ControlTables database) {
        this.database = database;
    }

    @Override
    public long begin(Removal removal) {
        SessionId one = removal.session();
        return database.change(handle -> handle.createUpdate(
                        "INSERT INTO removal(segment, cause, session) VALUES (?, ?, CAST(? AS uuid))")
                .bind(0, removal.segment())
                .bind(1, removal.cause().word())
                .bindByType(2, one == null ? null : Columns.uuid(one), UUID.class)
                .executeAndReturnGeneratedKeys("number")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void end(long number) {
        database.change(handle -> handle.execute("DELETE FROM removal WHERE number = ?", number));
    }

    @Override
    public List<Open> open() {
        return database.read(handle -> handle.createQuery("SELECT * FROM removal ORDER BY number")
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
                        one == null ? null : Columns.session(one)));
    }

    @Override
    public @Nullable Instant mark() {
        List<OffsetDateTime> kept = database.read(handle -> handle.createQuery("SELECT seen_at FROM clock_mark")
                .mapTo(OffsetDateTime.class)
                .list());
        return kept.isEmpty() ? null : kept.getFirst().toInstant();
    }

    @Override
    public void mark(Instant time) {
        OffsetDateTime seen = time.atOffset(ZoneOffset.UTC);
        database.change(handle -> {
            int marks = handle.execute("UPDATE clock_mark SET seen_at = ?", seen);
            return marks > 0 ? marks : handle.execute("INSERT INTO clock_mark(seen_at) VALUES (?)", seen);
        });
    }
}
