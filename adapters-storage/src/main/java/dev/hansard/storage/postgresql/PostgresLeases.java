// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.lease.Lease;
import dev.hansard.ports.lease.LeaseLostException;
import dev.hansard.ports.lease.Leases;
import dev.hansard.ports.value.NodeName;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Leases as rows, each with the number of its last holder as a fence. The clock is the server's. */
final class PostgresLeases implements Leases {
    private static final String END = "clock_timestamp() + :millis * interval '1 millisecond'";
    private static final String ACQUIRE = "INSERT INTO lease AS l VALUES (:name, :node, 1, " + END + ")"
            + " ON CONFLICT (name) DO UPDATE SET node = excluded.node, fence = l.fence + 1, ends_at = excluded.ends_at"
            + " WHERE l.ends_at <= clock_timestamp() RETURNING fence";
    private static final String HELD = " WHERE name = :name AND fence = :fence AND ends_at > clock_timestamp()";

    private final PostgresDatabase database;

    PostgresLeases(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public @Nullable Lease acquire(String name, NodeName node, Duration time) {
        Lease.requireName(name);
        Optional<Long> given = database.change(handle -> handle.createQuery(ACQUIRE)
                .bind("name", name)
                .bind("node", node.value())
                .bind("millis", time.toMillis())
                .mapTo(Long.class)
                .findOne());
        return given.map(fence -> new Lease(name, node, fence)).orElse(null);
    }

    @Override
    public boolean renew(Lease lease, Duration time) {
        return database.change(handle -> handle.createUpdate("UPDATE lease SET ends_at = " + END + HELD)
                        .bind("millis", time.toMillis())
                        .bind("name", lease.name())
                        .bind("fence", lease.fence())
                        .execute()
                == 1);
    }

    @Override
    public void release(Lease lease) {
        database.change(handle -> handle.createUpdate("UPDATE lease SET ends_at = clock_timestamp()" + HELD)
                .bind("name", lease.name())
                .bind("fence", lease.fence())
                .execute());
    }

    @Override
    public void under(Lease lease, Runnable work) {
        database.under(lease, work);
    }

    /**
     * Sees, in the transaction of a change, that a lease is held. Nobody else can take it until the transaction ends,
     * since its row is locked against that.
     */
    static void require(Handle handle, Lease lease) {
        boolean isHeld = handle.createQuery("SELECT fence FROM lease" + HELD + " FOR SHARE")
                .bind("name", lease.name())
                .bind("fence", lease.fence())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
        if (!isHeld) {
            throw new LeaseLostException(lease);
        }
    }
}
