// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.lease.Leases;
import dev.hansard.ports.lease.LeasesContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

class H2LeasesTest implements LeasesContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public Opened open(Path folder) {
        var database = ControlDatabase.open(folder.resolve("control").toString());
        var leases = new H2Leases(database);
        return new Opened() {
            @Override
            public Leases leases() {
                return leases;
            }

            @Override
            public void pass(Duration time) {
                database.note(handle ->
                        handle.execute("UPDATE lease SET ends_at = DATEADD(SECOND, ?, ends_at)", -time.toSeconds()));
            }

            @Override
            public void change() {
                database.change(handle -> handle.execute(
                        "INSERT INTO audit SELECT COUNT(*) + 1, ?, '', '', 'x', '', NULL, '', NULL, TRUE FROM audit",
                        NOON));
            }

            @Override
            public int changes() {
                return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM audit")
                        .mapTo(Integer.class)
                        .one());
            }

            @Override
            public void close() {
                database.close();
            }
        };
    }
}
