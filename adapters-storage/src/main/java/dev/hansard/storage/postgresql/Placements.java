// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.SessionCatalog.Relocation;
import dev.hansard.ports.value.NodeName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes where frames lie now: one row for frames that were moved together, instead of a change to the row of each
 * session, which would write it anew with all its index entries.
 */
final class Placements {
    /** Most moves in one transaction. */
    static final int MOST = 1_000;

    private static final String NUMBER = "SELECT number FROM container WHERE day = ? AND owner = ? AND name = ?";
    private static final String NEW = "INSERT INTO container(day, owner, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String MOVE = "INSERT INTO placement VALUES (?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (day, container, from_offset) DO UPDATE SET to_offset = excluded.to_offset,"
            + " new_container = excluded.new_container, new_offset = excluded.new_offset";

    private final NodeName node;

    Placements(NodeName node) {
        this.node = node;
    }

    private record Container(int day, String name) {}

    /** In a transaction: notes where frames lie now. */
    void move(Connection connection, Collection<Relocation> relocations) throws SQLException {
        var numbers = new HashMap<Container, Integer>();
        try (PreparedStatement move = connection.prepareStatement(MOVE)) {
            for (Relocation moved : relocations) {
                int day = SessionIds.dayOf(moved.first());
                move.setInt(1, day);
                move.setInt(
                        2,
                        number(
                                connection,
                                numbers,
                                new Container(day, moved.from().container())));
                move.setLong(3, moved.from().offset());
                move.setLong(4, moved.from().offset() + moved.from().length());
                move.setInt(
                        5,
                        number(
                                connection,
                                numbers,
                                new Container(day, moved.to().container())));
                move.setLong(6, moved.to().offset());
                // One by one where it matters: a statement of several rows must not meet one row twice.
                move.addBatch();
            }
            move.executeBatch();
        }
    }

    private int number(Connection connection, Map<Container, Integer> numbers, Container container)
            throws SQLException {
        Integer known = numbers.get(container);
        if (known != null) {
            return known;
        }
        List<Object> key = List.of(
                container.day(), SessionRows.ownerOf(container.name(), node), PostgresText.encode(container.name()));
        int number = find(connection, key);
        if (number == 0) {
            try (PreparedStatement insert = CatalogSearch.prepared(connection, NEW, key)) {
                insert.executeUpdate();
            }
            number = find(connection, key);
        }
        numbers.put(container, number);
        return number;
    }

    /** The number of a container; 0 when it has none. */
    private static int find(Connection connection, List<Object> key) throws SQLException {
        try (PreparedStatement select = CatalogSearch.prepared(connection, NUMBER, key);
                ResultSet found = select.executeQuery()) {
            return found.next() ? found.getInt(1) : 0;
        }
    }
}
