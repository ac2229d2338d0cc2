// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.TimeWitness;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The clock of the server, as it is and not as the transaction has it. */
final class DatabaseClock implements TimeWitness {
    private final PostgresDatabase database;

    DatabaseClock(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "PostgreSQL at " + database.place();
    }

    @Override
    public Instant now() {
        return database.with(handle -> handle.createQuery("SELECT clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
    }
}
