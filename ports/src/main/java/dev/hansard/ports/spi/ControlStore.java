// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.identity.ApiKeys;
import dev.hansard.ports.identity.SignedInRecords;
import dev.hansard.ports.lease.Leases;
import dev.hansard.ports.notify.AlertRecords;
import dev.hansard.ports.recovery.ControlCopies;
import dev.hansard.ports.retention.RetentionRecords;
import dev.hansard.ports.session.TimeWitness;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people and the node decide and what is noted of it. Unlike the catalog it cannot be made again from anything:
 * a change is durable when the method that made it returns. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface ControlStore extends AutoCloseable {
    ApiKeys keys();

    AuditLog audit();

    /**
     * Holds, and what retention has to remember. Null when this store cannot keep it: then no session is removed.
     */
    default @Nullable RetentionRecords retention() {
        return null;
    }

    /** The alerts that are raised. Null when this store cannot keep them: then they are forgotten with the process. */
    default @Nullable AlertRecords alerts() {
        return null;
    }

    /** The clock of the store's server; empty where that is no other machine. */
    default Optional<TimeWitness> clock() {
        return Optional.empty();
    }

    /** Who is signed in. */
    SignedInRecords signedIn();

    /** Requests that wait for people. Null when this store cannot keep them: then no policy may ask for approval. */
    default @Nullable ApprovalStore approvals() {
        return null;
    }

    /** For work that one of the nodes does for all. */
    Leases leases();

    /** What copies it for a backup; null when this store has to be copied by its own means. */
    default @Nullable ControlCopies copies() {
        return null;
    }

    @Override
    void close();
}
