// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.audit.AuditLogContract;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionCatalogContract;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.Secret;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With no more than docs/storage.md asks for, where the role must not own the database. */
class PostgresGrantsTest implements SessionCatalogContract {
    private static final String ROLE = "hansard_least";

    @Override
    public SessionCatalog open(Path folder) {
        return TestDatabase.open(granted(folder), new NodeName("node-1"));
    }

    private static PostgresSettings granted(Path folder) {
        PostgresSettings owner = TestDatabase.settings(folder);
        String schema = owner.schema() + "_least";
        try {
            TestDatabase.execute(
                    "DO $$ BEGIN CREATE ROLE " + ROLE + " LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                    "REVOKE ALL ON DATABASE postgres FROM PUBLIC",
                    "GRANT CONNECT ON DATABASE postgres TO PUBLIC",
                    "GRANT CONNECT, TEMPORARY ON DATABASE postgres TO " + ROLE,
                    "CREATE SCHEMA IF NOT EXISTS " + schema + "_catalog AUTHORIZATION " + ROLE,
                    "CREATE SCHEMA IF NOT EXISTS " + schema + "_control AUTHORIZATION " + ROLE);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return new PostgresSettings(owner.url(), ROLE, Secret.of(""), 4, schema);
    }

    @Test
    void keepsControlData(@TempDir Path folder) {
        try (var store = PostgresControlStore.open(granted(folder), System::nanoTime, folder.resolve("control.seen"))) {
            assertThat(store.audit().append(AuditLogContract.event(1))).isEqualTo(1);
            assertThat(store.keys().list()).isEmpty();
        }
    }
}
