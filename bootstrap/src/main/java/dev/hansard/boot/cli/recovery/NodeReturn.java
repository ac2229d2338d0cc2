// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.recovery;

import dev.hansard.boot.recovery.BackupFacts;
import dev.hansard.boot.recovery.BackupFile;
import java.util.List;

/** Puts a backup into an empty data folder. */
@FunctionalInterface
public interface NodeReturn {
    /**
     * What came of it.
     *
     * @param node the name of the node that the folder is of now
     * @param since what is known to have happened since the backup was made, and is not in it
     * @param unknown what cannot be known
     */
    record Returned(BackupFacts facts, String node, List<String> since, List<String> unknown) {
        public Returned {
            since = List.copyOf(since);
            unknown = List.copyOf(unknown);
        }
    }

    /**
     * Sees that all of the backup is right, and then puts it back. May be killed and done again.
     *
     * @param node what the folder and the stores are
     * @param sameNode whether it goes on under the name and with the ledger key that it had
     * @throws dev.hansard.boot.cli.CommandFailedException when it is not right, or has no place there
     */
    Returned restore(StoppedNode node, BackupFile backup, boolean sameNode);
}
