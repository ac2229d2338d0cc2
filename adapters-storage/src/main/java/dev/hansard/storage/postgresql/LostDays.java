// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.value.NodeName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The days that a node has to give once more. PostgreSQL itself loses none; but when one node clears the catalog to
 * fill it again from the segments, what lies in the spools of the others only they can give.
 */
final class LostDays {
    private static final String LOSE = "INSERT INTO lost_day"
            + " SELECT n.name, d.day, nextval('lost_generation') FROM node n CROSS JOIN day d WHERE n.name <> ?"
            + " ON CONFLICT (node, day) DO UPDATE SET generation = excluded.generation";

    private final PostgresDatabase database;
    private final NodeName node;
    /** The newest loss that somebody was told of: what was lost later is not made good by what they give. */
    private final AtomicLong told = new AtomicLong();

    LostDays(PostgresDatabase database, NodeName node) {
        this.database = database;
        this.node = node;
    }

    /** In a transaction that clears the catalog: this node is about to give everything again, the others are not. */
    void loseForOthers(Connection connection) throws SQLException {
        try (PreparedStatement insert = CatalogSearch.prepared(connection, LOSE, List.of(node.value()));
                PreparedStatement delete = CatalogSearch.prepared(
                        connection, "DELETE FROM lost_day WHERE node = ?", List.of(node.value()))) {
            insert.executeUpdate();
            delete.executeUpdate();
        }
    }

    Set<LocalDate> days() {
        return database.with(connection -> {
            try (PreparedStatement select = CatalogSearch.prepared(
                            connection, "SELECT day, generation FROM lost_day WHERE node = ?", List.of(node.value()));
                    ResultSet row = select.executeQuery()) {
                var days = new HashSet<LocalDate>();
                while (row.next()) {
                    days.add(LocalDate.ofEpochDay(row.getInt(1)));
                    told.accumulateAndGet(row.getLong(2), Math::max);
                }
                return Set.copyOf(days);
            }
        });
    }

    void rebuilt(Set<LocalDate> days) {
        if (days.isEmpty()) {
            return;
        }
        database.change(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM lost_day WHERE node = ? AND day = ? AND generation <= ?")) {
                for (LocalDate day : days) {
                    delete.setString(1, node.value());
                    delete.setLong(2, day.toEpochDay());
                    delete.setLong(3, told.get());
                    delete.addBatch();
                }
                delete.executeBatch();
            }
            return true;
        });
    }
}
