// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.usage;

import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.util.List;

/**
 * What a node has on its own disk, and whether the stored bytes are what was written. Nothing here changes anything.
 * Safe for any number of threads.
 *
 * @since 0.1
 */
public interface StoredParts {
    /**
     * What is in the spool and not yet in a segment, by service. Calls without a record are not counted.
     *
     * @throws dev.hansard.ports.session.StorageException when the spool cannot be read
     */
    List<Waiting> waiting();

    /** The room on the disk of the spool. */
    Room room();

    /** The spool's files that are there, the oldest first, by name. */
    List<String> spoolFiles();

    /**
     * Reads a spool file to where it counts, and tests every checksum.
     *
     * @return what is wrong, for people; empty when nothing is, or the file has gone meanwhile
     */
    List<String> faultsOfSpoolFile(String name);

    /**
     * Reads a segment to its end: its digest against its key, every checksum, and its footer against its frames.
     *
     * @return what is wrong, for people; empty when nothing is, or the segment has gone meanwhile
     */
    List<String> faultsOf(Segment segment);

    /**
     * Whether the spool file or segment that the catalog names for a session of a node is there. What lies in the spool
     * of another node is taken for there, since only that node can say.
     *
     * @throws dev.hansard.ports.session.StorageException when the store does not say
     */
    boolean isThere(NodeName owner, String container);

    /**
     * What a service has in the spool.
     *
     * @since 0.1
     */
    record Waiting(ServiceName service, long sessions, long bytes) {}

    /**
     * The room on a disk.
     *
     * @param free bytes that can still be written, as far as the system says; -1 when it does not
     * @param keeps whether the segments lie on the same disk, so that they use it up too
     * @since 0.1
     */
    record Room(DiskGrade grade, long free, boolean keeps) {}
}
