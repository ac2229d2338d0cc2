// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

import dev.hansard.ports.session.StorageException;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A database of control data, for what reads and writes its tables in words that all such databases understand.
 *
 * <p>Safe for any number of threads.
 */
public interface ControlTables {
    /** What is done with a connection. */
    interface Work<T extends @Nullable Object> {
        /** Does it. */
        T on(Handle handle) throws SQLException;
    }

    /**
     * Does something in which each statement stands for itself.
     *
     * @throws StorageException when the database fails; never with a value in it
     */
    <T extends @Nullable Object> T read(Work<T> work);

    /**
     * Does something in one transaction, which is durable when this returns.
     *
     * @throws StorageException when the database fails; never with a value in it
     * @throws dev.hansard.ports.lease.LeaseLostException when it is done under a lease that is over
     */
    <T extends @Nullable Object> T change(Work<T> work);

    /** A text as the database can hold it; some hold not every text. */
    String encode(String text);

    /** The text that {@link #encode} was given. */
    String decode(String text);
}
