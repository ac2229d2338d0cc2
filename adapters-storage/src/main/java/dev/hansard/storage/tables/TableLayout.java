// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A table of the schema.
 *
 * @param name in lower case, which both databases understand as it is
 * @param columns those that are copied: all but those that number themselves
 * @param order by what rows are read, so that the same rows always come in the same order
 */
record TableLayout(String name, List<String> columns, List<String> order) {
    /** What means nothing in another database or after a while. */
    private static final Set<String> LEFT_OUT = Set.of("layout", "lease", "signed_in");

    private static final String TABLES = "SELECT table_name FROM information_schema.tables"
            + " WHERE table_schema = ? AND table_type = 'BASE TABLE' ORDER BY table_name";
    private static final String COLUMNS = "SELECT column_name, is_identity FROM information_schema.columns"
            + " WHERE table_schema = ? AND lower(table_name) = ? ORDER BY ordinal_position";
    private static final String KEY = "SELECT u.column_name FROM information_schema.table_constraints c"
            + " JOIN information_schema.key_column_usage u ON u.constraint_name = c.constraint_name"
            + " AND u.constraint_schema = c.constraint_schema"
            + " WHERE c.table_schema = ? AND lower(c.table_name) = ? AND c.constraint_type = 'PRIMARY KEY'"
            + " ORDER BY u.ordinal_position";

    TableLayout {
        columns = List.copyOf(columns);
        order = List.copyOf(order);
    }

    /** The tables that are copied, by name. */
    static Map<String, TableLayout> of(Connection connection, String schema) throws SQLException {
        var tables = new LinkedHashMap<String, TableLayout>();
        for (String name : texts(connection, TABLES, schema)) {
            String table = name.toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(table)) {
                tables.put(table, of(connection, schema, table));
            }
        }
        return tables;
    }

    private static TableLayout of(Connection connection, String schema, String table) throws SQLException {
        var columns = new ArrayList<String>();
        try (PreparedStatement asked = connection.prepareStatement(COLUMNS)) {
            asked.setString(1, schema);
            asked.setString(2, table);
            try (ResultSet row = asked.executeQuery()) {
                while (row.next()) {
                    if (!"YES".equals(row.getString(2))) {
                        columns.add(row.getString(1).toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        List<String> key = texts(connection, KEY, schema, table).stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .toList();
        return new TableLayout(table, columns, key.isEmpty() ? columns : key);
    }

    private static List<String> texts(Connection connection, String sql, String... bound) throws SQLException {
        try (PreparedStatement asked = connection.prepareStatement(sql)) {
            for (int i = 0; i < bound.length; i++) {
                asked.setString(i + 1, bound[i]);
            }
            var found = new ArrayList<String>();
            try (ResultSet row = asked.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
            return found;
        }
    }

    String select() {
        return "SELECT " + String.join(", ", columns) + " FROM " + name + " ORDER BY " + String.join(", ", order);
    }

    /** Takes a value for each column. */
    String insert() {
        return "INSERT INTO " + name + "(" + String.join(", ", columns) + ") VALUES ("
                + "?, ".repeat(columns.size() - 1) + "?)";
    }
}
