// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli;

import dev.hansard.boot.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** Brings in what a dead node has left in its spool. */
public interface SpoolAdoption {
    /**
     * What came of it.
     *
     * @param node whose spool it was
     * @param segments how many were stored
     * @param unfinished calls that were cut off by its end, which are on record as such now
     * @param damagedBytes bytes that no record could be made of; copies of them lie in the spool's folder
     * @param left the files that stay where they are, each with the reason; empty when all was brought in
     */
    record Adopted(String node, long segments, long unfinished, long damagedBytes, List<String> left) {
        public Adopted {
            left = List.copyOf(left);
        }
    }

    /**
     * Brings it in, under the name of the node that recorded it. May be killed and done again.
     *
     * @param dataDir the data folder of that node
     * @param bytesLeft told how much is left to do
     * @throws CommandFailedException when it cannot begin
     */
    Adopted adopt(Settings settings, Path dataDir, LongConsumer bytesLeft);
}
