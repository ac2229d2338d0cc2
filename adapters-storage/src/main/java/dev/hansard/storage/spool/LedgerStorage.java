// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.ledger.StoredRecords;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the ledger needs of the storage. */
public final class LedgerStorage {
    private LedgerStorage() {}

    /**
     * A folder for the node's own copy of its ledger; made when it is missing, for its owner only.
     *
     * @throws StorageException when it cannot be used
     */
    public static Disk folder(Path folder) {
        try {
            return NioDisk.at(folder);
        } catch (IOException e) {
            throw new StorageException("ledger folder '" + folder + "' cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * All stored records of a node, to be verified. Nothing is changed, so the node may be running.
     *
     * @param spool the folder of its spool; null, or one that is not there, when only segments are at hand
     */
    public static StoredRecords records(@Nullable Path spool, PayloadStore payloads, NodeName node) {
        Disk disk = spool == null || !Files.isDirectory(spool) ? null : folder(spool);
        return new StoredFrames(disk, payloads, node);
    }
}
