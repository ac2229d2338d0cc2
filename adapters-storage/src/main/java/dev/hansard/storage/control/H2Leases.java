// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.lease.Lease;
import dev.hansard.ports.lease.LeaseLostException;
import dev.hansard.ports.lease.Leases;
import dev.hansard.ports.value.NodeName;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Leases in the database: of one process, so that they serve its restarts and what it does at once. */
final class H2Leases implements Leases {
    private final ControlDatabase database;

    H2Leases(ControlDatabase database) {
        this.database = database;
    }

    // One after the other: two would insert the same row.
    @Override
    public synchronized @Nullable Lease acquire(String name, NodeName node, Duration time) {
        Lease.requireName(name);
        Optional<Long> given = database.note(handle -> {
            Long fence = handle.createQuery("SELECT fence FROM lease WHERE name = ? FOR UPDATE")
                    .bind(0, name)
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(null);
            if (fence == null) {
                handle.execute(
                        "INSERT INTO lease VALUES (?, ?, 1, DATEADD(MILLISECOND, ?, CURRENT_TIMESTAMP))",
                        name,
                        node.value(),
                        time.toMillis());
                return Optional.of(1L);
            }
            int taken = handle.execute(
                    "UPDATE lease SET node = ?, fence = fence + 1, ends_at = DATEADD(MILLISECOND, ?, CURRENT_TIMESTAMP)"
                            + " WHERE name = ? AND ends_at <= CURRENT_TIMESTAMP",
                    node.value(),
                    time.toMillis(),
                    name);
            return taken == 1 ? Optional.of(fence + 1) : Optional.empty();
        });
        return given.map(fence -> new Lease(name, node, fence)).orElse(null);
    }

    @Override
    public boolean renew(Lease lease, Duration time) {
        return database.note(handle -> handle.execute(
                        "UPDATE lease SET ends_at = DATEADD(MILLISECOND, ?, CURRENT_TIMESTAMP)"
                                + " WHERE name = ? AND fence = ? AND ends_at > CURRENT_TIMESTAMP",
                        time.toMillis(),
                        lease.name(),
                        lease.fence())
                == 1);
    }

    @Override
    public void release(Lease lease) {
        database.note(handle -> handle.execute(
                "UPDATE lease SET ends_at = CURRENT_TIMESTAMP"
                        + " WHERE name = ? AND fence = ? AND ends_at > CURRENT_TIMESTAMP",
                lease.name(),
                lease.fence()));
    }

    @Override
    public void under(Lease lease, Runnable work) {
        database.under(lease, work);
    }

    /** Sees, in the transaction of a change, that a lease is held and stays so until the transaction ends. */
    static void require(Handle handle, Lease lease) {
        boolean isHeld = handle.createQuery("SELECT fence FROM lease"
                        + " WHERE name = ? AND fence = ? AND ends_at > CURRENT_TIMESTAMP FOR UPDATE")
                .bind(0, lease.name())
                .bind(1, lease.fence())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
        if (!isHeld) {
            throw new LeaseLostException(lease);
        }
    }
}
