// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Random;

/** A PostgreSQL that all tests of this process share; the process stops it when it ends. */
final class TestDatabase {
    private static final String USER = "postgres";
    private static final EmbeddedPostgres SERVER = start();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "60")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String url() {
        return "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + USER;
    }

    static Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, "");
    }

    /** Each statement by itself. */
    static void execute(String... statements) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static StorageSurroundings around(NodeName node) {
        return new StorageSurroundings(
                node, Path.of("unused"), InstantSource.system(), System::nanoTime, new Random(1));
    }

    /** A node that remembers nothing of what it saw before. */
    static PostgresSessionCatalog open(PostgresSettings settings, NodeName node) {
        return PostgresSessionCatalog.open(settings, around(node), new CatalogSearch(20_000, 4), LastSeen.nothing());
    }

    /** Schemas of their own for each folder, as tests know databases by folders. */
    static PostgresSettings settings(Path folder) {
        String schema = "t_" + Integer.toHexString(folder.hashCode()).toLowerCase(Locale.ROOT);
        return new PostgresSettings(url(), USER, Secret.of(""), 4, schema);
    }
}
