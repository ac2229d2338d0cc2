// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.SessionCatalog.Relocation;
import dev.hansard.ports.value.SessionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the frames of a day's sessions lie, in two further tables of its file. Frames that are moved together get one
 * row in {@code placement}, instead of a change to the row of each session: every session is moved once, when its
 * segment is sealed, and a change rewrites whole pages of old rows. Containers are few and their names long, so rows
 * hold a number.
 */
final class Placements {
    static final List<String> DEFINITION = List.of(
            "CREATE TABLE container(number INT PRIMARY KEY, name VARCHAR NOT NULL)",
            "CREATE TABLE placement(container INT NOT NULL, from_offset BIGINT NOT NULL, to_offset BIGINT NOT NULL,"
                    + " new_container INT NOT NULL, new_offset BIGINT NOT NULL)",
            "CREATE UNIQUE INDEX placement_by_range ON placement(container, from_offset)");

    private static final String MOVE = "MERGE INTO placement KEY(container, from_offset) VALUES (?, ?, ?, ?, ?)";
    private static final String FIND = "SELECT from_offset, to_offset, new_container, new_offset FROM placement"
            + " WHERE container = ? AND from_offset <= ? ORDER BY container DESC, from_offset DESC LIMIT 1";

    /** The writer's. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private final Map<Integer, String> names = new ConcurrentHashMap<>();

    /** The number of a container, which gets one when it has none; for the writer's transaction. */
    int numberOf(Connection connection, String name) throws SQLException {
        if (numbers.isEmpty()) {
            load(connection);
            names.forEach((number, known) -> numbers.put(known, number));
        }
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int next = numbers.size() + 1;
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO container VALUES (?, ?)")) {
            insert.setInt(1, next);
            insert.setString(2, name);
            insert.executeUpdate();
        }
        numbers.put(name, next);
        return next;
    }

    /** After a transaction that failed: the numbers that it gave are not given. */
    void forgetNumbers() {
        numbers.clear();
        names.clear();
    }

    private void load(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT number, name FROM container");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                names.put(rows.getInt(1), rows.getString(2));
            }
        }
    }

    private String nameOf(Connection connection, int number) throws SQLException {
        String known = names.get(number);
        if (known == null) {
            load(connection);
            known = names.get(number);
        }
        if (known == null) {
            throw new DamagedDayException("a session lies in container " + number + ", which has no name");
        }
        return known;
    }

    /** Completes rows with the place where their frames lie now. */
    List<CatalogEntry> complete(Connection connection, List<SessionTable.Row> rows) throws SQLException {
        var entries = new ArrayList<CatalogEntry>(rows.size());
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            for (SessionTable.Row row : rows) {
                FrameLocation location = moved(connection, find, row);
                entries.add(new CatalogEntry(row.sequence(), row.summary(), location));
            }
        }
        return entries;
    }

    private FrameLocation moved(Connection connection, PreparedStatement find, SessionTable.Row row)
            throws SQLException {
        find.setInt(1, row.container());
        find.setLong(2, row.offset());
        try (ResultSet found = find.executeQuery()) {
            if (found.next() && row.offset() < found.getLong(2)) {
                long offset = found.getLong(4) + (row.offset() - found.getLong(1));
                return new FrameLocation(nameOf(connection, found.getInt(3)), offset, row.length());
            }
        }
        return new FrameLocation(nameOf(connection, row.container()), row.offset(), row.length());
    }

    /** Notes where frames lie now. */
    void move(Connection connection, Collection<Relocation> relocations) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(MOVE)) {
            for (Relocation moved : relocations) {
                merge.setInt(1, numberOf(connection, moved.from().container()));
                merge.setLong(2, moved.from().offset());
                merge.setLong(3, moved.from().offset() + moved.from().length());
                merge.setInt(4, numberOf(connection, moved.to().container()));
                merge.setLong(5, moved.to().offset());
                merge.addBatch();
            }
            merge.executeBatch();
        }
    }

    static Object[] toUuids(Collection<SessionId> ids) {
        return ids.stream().map(SessionIds::toUuid).toArray(UUID[]::new);
    }
}
