// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

import dev.hansard.ports.retention.Cause;
import dev.hansard.ports.retention.ForeignRemovals;
import dev.hansard.ports.retention.RetentionEvidence.Range;
import dev.hansard.ports.retention.RetentionEvidence.Removing;
import dev.hansard.ports.value.NodeName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Removals that wait for the nodes whose records they are of. */
final class ForeignRemovalTable implements ForeignRemovals {
    private final ControlTables database;

    ForeignRemovalTable(ControlTables database) {
        this.database = database;
    }

    @Override
    public void add(NodeName node, ForeignRemoval removal) {
        Removing what = removal.what();
        database.change(handle -> handle.execute(
                "INSERT INTO foreign_removal(node, removed_by, happened_at, segment, cause, actor, reason, records)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                node.value(),
                removal.by().value(),
                removal.at().atOffset(ZoneOffset.UTC),
                what.segment(),
                what.cause().word(),
                database.encode(what.actor()),
                database.encode(what.reason()),
                written(what.records())));
    }

    private static String written(List<Range> records) {
        return records.stream().map(range -> range.first() + "-" + range.last()).collect(Collectors.joining(","));
    }

    @Override
    public List<Waiting> of(NodeName node, int limit) {
        return database.read(
                handle -> handle.createQuery("SELECT * FROM foreign_removal WHERE node = ? ORDER BY number LIMIT ?")
                        .bind(0, node.value())
                        .bind(1, limit)
                        .map((row, _) -> waiting(row, node))
                        .list());
    }

    private Waiting waiting(ResultSet row, NodeName node) throws SQLException {
        var what = new Removing(
                row.getString("segment"),
                Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
                database.decode(row.getString("actor")),
                database.decode(row.getString("reason")),
                ranges(node, row.getString("records")));
        return new Waiting(
                row.getLong("number"),
                new ForeignRemoval(
                        new NodeName(row.getString("removed_by")),
                        row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                        what));
    }

    private static List<Range> ranges(NodeName node, String records) {
        return Arrays.stream(records.split(",", -1))
                .map(text -> text.split("-", -1))
                .map(ends -> new Range(node, Long.parseLong(ends[0]), Long.parseLong(ends[1])))
                .toList();
    }

    @Override
    public void entered(long number) {
        database.change(handle -> handle.execute("DELETE FROM foreign_removal WHERE number = ?", number));
    }
}
