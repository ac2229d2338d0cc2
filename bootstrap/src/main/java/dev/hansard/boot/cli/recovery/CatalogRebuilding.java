// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.recovery;

import dev.hansard.ports.recovery.CatalogRebuild;
import java.util.function.Consumer;

/** Makes the catalog of a stopped node again. */
@FunctionalInterface
public interface CatalogRebuilding {
    /**
     * What came of it.
     *
     * @param isWhole whether what is in the spool has been indexed, too
     */
    record Done(CatalogRebuild rebuild, boolean isWhole) {}

    /**
     * Does it to the end. May be killed and done again.
     *
     * @param told how far it is
     * @throws dev.hansard.boot.cli.CommandFailedException when it cannot
     */
    Done rebuild(StoppedNode node, Consumer<CatalogRebuild> told);
}
