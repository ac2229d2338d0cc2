// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * This process as one of the nodes of a catalog. It joins when the database first answers, and once more after each
 * batch that failed, since the database may have been restored from a backup meanwhile. That shows in the epoch, which
 * only grows, and in the highest sequence of the node: the database lacks what this node has seen it commit. Then the
 * days since the backup are lost, which has them given again.
 */
final class Membership {
    private static final System.Logger LOG = System.getLogger(Membership.class.getName());

    /** How often it is written down how far the database has come. */
    private static final Duration NOTE_EVERY = Duration.ofSeconds(5);

    /** Whoever asks right after a failure is told of that one, instead of waiting for the same. */
    private static final Duration SAME_FAILURE = Duration.ofSeconds(1);

    private static final String THERE =
            "INSERT INTO node AS n VALUES (?, 0, 0, 0, 0) ON CONFLICT (name) DO UPDATE SET epoch = n.epoch"
                    + " RETURNING epoch, last_sequence";

    private final PostgresDatabase database;
    private final Migrations migrations;
    private final NodeName node;
    private final LastSeen seen;
    private final LostDays lostDays;
    private final LongSupplier nanos;

    private volatile boolean admitted;
    private volatile boolean joined;
    private long epoch;
    private long sequence;
    private long notedAt;
    private @Nullable StorageException failure;
    private long failedAt;

    Membership(
            PostgresDatabase database,
            Migrations migrations,
            NodeName node,
            LastSeen seen,
            LostDays lostDays,
            LongSupplier nanos) {
        this.database = database;
        this.migrations = migrations;
        this.node = node;
        this.seen = seen;
        this.lostDays = lostDays;
        this.nanos = nanos;
        this.sequence = seen.sequence();
        this.notedAt = nanos.getAsLong();
    }

    private record There(long epoch, long sequence) {}

    /** Joins, unless it has; a node that has used this database before need not find it there. */
    void start() {
        try {
            join();
        } catch (StorageException e) {
            if (sequence < 0 || !PostgresFailure.isAway(e)) {
                throw e;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the node starts without its catalog, and brings it up to date once it is there: {0}",
                    e.getMessage());
        }
    }

    /** Joins if it never has: what is not a batch asks no more, so that a standby is read from. */
    void admit() {
        if (!admitted) {
            join();
        }
    }

    /**
     * Joins, unless it has.
     *
     * @return the epoch of this process, which the database asks for with each batch
     */
    synchronized long join() {
        if (joined) {
            return epoch;
        }
        if (failure != null && nanos.getAsLong() - failedAt < SAME_FAILURE.toNanos()) {
            throw failure;
        }
        try {
            migrations.run(database);
            database.change(handle -> enter(
                    handle,
                    handle.select(THERE, node.value())
                            .map((row, _) -> new There(row.getLong(1), row.getLong(2)))
                            .one()));
            failure = null;
            joined = true;
            admitted = true;
            seen.remember(sequence);
            return epoch;
        } catch (StorageException e) {
            failure = e;
            failedAt = nanos.getAsLong();
            throw e;
        }
    }

    private boolean enter(Handle handle, There there) {
        if (epoch > 0 && there.epoch() > epoch) {
            throw new StorageException("PostgreSQL knows another process by the name of this node, " + node
                    + ", which started later; give each node its own name");
        }
        boolean isRestored = there.sequence() < sequence || there.epoch() < epoch;
        epoch = epoch == there.epoch() && epoch > 0 ? epoch : Math.max(epoch, there.epoch()) + 1;
        if (isRestored) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the catalog in PostgreSQL was restored from a backup: it knows {0} of the {1} records that this"
                            + " node gave it; the days since are given again, and API keys and audit log are those of"
                            + " the backup if they lie there too",
                    there.sequence(),
                    sequence);
            lostDays.loseSinceNewest(handle);
        }
        sequence = Math.max(sequence, there.sequence());
        handle.execute("UPDATE node SET epoch = ?, last_sequence = ? WHERE name = ?", epoch, sequence, node.value());
        return isRestored;
    }

    /** The database has committed a batch. */
    synchronized void committed(long last) {
        sequence = Math.max(sequence, last);
        if (nanos.getAsLong() - notedAt > NOTE_EVERY.toNanos()) {
            notedAt = nanos.getAsLong();
            seen.remember(sequence);
        }
    }

    /** A batch has failed: look once more who and where the database is. */
    void doubt() {
        joined = false;
    }

    /** The highest sequence that the database was ever seen to have of this node. */
    synchronized long sequence() {
        return Math.max(0, sequence);
    }

    synchronized void close() {
        if (sequence >= 0) {
            seen.remember(sequence);
        }
    }
}
