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
 * Where the frames of a day's sessions lie, in two further tables of its file. A session that is moved gets a row in
 * {@code placement} instead of a change to its own: every session is moved once, when its segment is sealed, and a
 * change rewrites whole pages of old rows, which was measured to cost four times as much and to swell the file.
 * Containers are few and their names long, so rows hold a number.
 */
final class Placements {
    static final List<String> DEFINITION = List.of(
            "CREATE TABLE container(number INT PRIMARY KEY, name VARCHAR NOT NULL)",
            "CREATE TABLE placement(id UUID NOT NULL, container INT NOT NULL, frame_offset BIGINT NOT NULL,"
                    + " frame_length BIGINT NOT NULL)",
            "CREATE UNIQUE INDEX placement_by_id ON placement(id DESC)");

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
        Map<SessionId, FrameLocation> moved = moved(connection, rows);
        var entries = new ArrayList<CatalogEntry>(rows.size());
        for (SessionTable.Row row : rows) {
            FrameLocation location = moved.get(row.summary().id());
            if (location == null) {
                location = new FrameLocation(nameOf(connection, row.container()), row.offset(), row.length());
            }
            entries.add(new CatalogEntry(row.sequence(), row.summary(), location));
        }
        return entries;
    }

    private Map<SessionId, FrameLocation> moved(Connection connection, List<SessionTable.Row> rows)
            throws SQLException {
        var moved = new HashMap<SessionId, FrameLocation>();
        var ids = rows.stream().map(row -> row.summary().id()).toList();
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM placement WHERE id = ANY(?)")) {
            select.setObject(1, toUuids(ids));
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    var id = SessionIds.fromUuid(found.getObject(1, UUID.class));
                    String container = nameOf(connection, found.getInt(2));
                    moved.put(id, new FrameLocation(container, found.getLong(3), found.getLong(4)));
                }
            }
        }
        return moved;
    }

    /** Forgets where sessions were moved to: what they say themselves is newer. */
    static void forget(Connection connection, Collection<SessionId> ids) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM placement WHERE id = ANY(?)")) {
            delete.setObject(1, toUuids(ids));
            delete.executeUpdate();
        }
    }

    /** Notes where sessions, which must be there and not have been moved, lie now. */
    void move(Connection connection, Collection<Relocation> relocations) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO placement VALUES (?, ?, ?, ?)")) {
            for (Relocation moved : relocations) {
                insert.setObject(1, SessionIds.toUuid(moved.id()));
                insert.setInt(2, numberOf(connection, moved.location().container()));
                insert.setLong(3, moved.location().offset());
                insert.setLong(4, moved.location().length());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static Object[] toUuids(Collection<SessionId> ids) {
        return ids.stream().map(SessionIds::toUuid).toArray(UUID[]::new);
    }
}
