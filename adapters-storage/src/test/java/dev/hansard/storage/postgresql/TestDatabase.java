// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.value.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

/** A PostgreSQL that all tests of this process share; the process stops it when it ends. */
final class TestDatabase {
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
        return SERVER.getJdbcUrl("postgres", "postgres");
    }

    /** Schemas of their own for each folder, as tests know databases by folders. */
    static PostgresSettings settings(Path folder) {
        String schema = "t_" + Integer.toHexString(folder.hashCode()).toLowerCase(Locale.ROOT);
        return new PostgresSettings(url(), "postgres", Secret.of(""), 4, schema);
    }
}
