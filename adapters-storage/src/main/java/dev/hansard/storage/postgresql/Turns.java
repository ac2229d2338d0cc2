// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.tables.RetentionTables;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Lets one node at a time do something, however long it takes. The turn is a lock of the server's that belongs to a
 * connection, so that it ends with the node. What the step asks of the same database goes through that connection: once
 * the turn is lost with it, the step can write no more.
 */
final class Turns implements RetentionTables.Turn {
    private static final String TAKE =
            "SELECT pg_advisory_lock(hashtextextended('hansard ' || ? || ' of ' || current_schema(), 0))";
    private static final String GIVE_BACK =
            "SELECT pg_advisory_unlock(hashtextextended('hansard ' || ? || ' of ' || current_schema(), 0))";

    /** A lock that cannot be had in time. */
    private static final String NOT_IN_TIME = "55P03";

    /** How often it is tried, each time for as long as a statement waits for a lock. */
    private static final int TRIES = 12;

    private final PostgresDatabase database;
    private final String name;
    /** Threads of one node wait here, and not with a connection each. */
    private final ReentrantLock here = new ReentrantLock();

    Turns(PostgresDatabase database, String name) {
        this.database = database;
        this.name = name;
    }

    /** @throws StorageException when the turn does not come in time */
    @Override
    public <T extends @Nullable Object> T take(Supplier<T> step) {
        here.lock();
        try {
            if (here.getHoldCount() > 1) {
                return step.get();
            }
            return database.with(handle -> {
                acquire(handle);
                try {
                    return step.get();
                } finally {
                    handle.select(GIVE_BACK, name).mapTo(Boolean.class).one();
                }
            });
        } finally {
            here.unlock();
        }
    }

    private void acquire(Handle handle) {
        int left = TRIES;
        while (!acquires(handle)) {
            if (--left == 0) {
                throw new StorageException("another node has its turn with " + name
                        + " for too long; see whether it removes sessions, and try again");
            }
        }
    }

    private boolean acquires(Handle handle) {
        try {
            handle.execute(TAKE, name);
            return true;
        } catch (JdbiException e) {
            if (NOT_IN_TIME.equals(PostgresFailure.stateOf(e))) {
                return false;
            }
            throw e;
        }
    }
}
