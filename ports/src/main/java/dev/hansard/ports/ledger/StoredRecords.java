// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.ledger;

import dev.hansard.ports.value.SessionId;
import java.util.List;

/**
 * All records that are stored, wherever they lie, to be compared with the ledger. What is said here is what the stores
 * say; nothing of it is trusted. Belongs to one thread.
 *
 * @since 0.1
 */
public interface StoredRecords {
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

    /**
     * A segment or a spool file.
     *
     * @param name key of the segment, or name of the file
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
     * @since 0.1
     */
    record StoredRecord(SessionId id, long sequence, long offset, Hash frame) {}

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
