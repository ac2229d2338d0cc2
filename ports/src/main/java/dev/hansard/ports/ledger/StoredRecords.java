// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.ledger;

import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All records of a node that are stored, wherever they lie, to be compared with its ledger. What is said here is
 * what the
 * stores say; nothing of it is trusted. Belongs to one thread.
 *
 * @since 0.1
 */
public interface StoredRecords extends AutoCloseable {
    /**
     * What holds records now, in any order.
     *
     * @throws dev.hansard.ports.session.StorageException when the stores cannot be listed
     */
    List<Container> containers();

    /**
     * Reads all records of a container. Whatever is wrong with it is told to the visitor, and the rest is read all the
     * same.
     */
    void read(Container container, Visitor visitor);

    @Override
    default void close() {}

    /**
     * A segment or a spool file.
     *
     * @param name as the catalog names it: the key of the segment, or the spool file
     * @param first the lowest sequence in it; {@link Long#MAX_VALUE} when it seems to have none
     * @param last the highest
     * @param growing whether its newest records may not have been entered yet
     * @since 0.1
     */
    record Container(String name, long first, long last, boolean growing) {}

    /**
     * One record.
     *
     * @param offset of its frame in the container
     * @param frame SHA-256 of the frame
     * @param summary what the catalog should show of it; null when it cannot be read
     * @since 0.1
     */
    record StoredRecord(
            SessionId id,
            long sequence,
            long offset,
            Hash frame,
            @Nullable SessionSummary summary) {}

    /**
     * Who is shown what a container holds.
     *
     * @since 0.1
     */
    interface Visitor {
        /** A record whose own checksums are right. */
        void record(StoredRecord record);

        /** Something is wrong with the container itself. */
        void damage(String what);
    }
}
