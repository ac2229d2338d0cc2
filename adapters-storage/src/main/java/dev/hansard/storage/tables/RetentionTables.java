// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tables;

import dev.hansard.ports.retention.ForeignRemovals;
import dev.hansard.ports.retention.Holds;
import dev.hansard.ports.retention.RetentionNotes;
import dev.hansard.ports.retention.RetentionRecords;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What retention keeps.
 *
 * @param holds the register of holds
 * @param notes removals under way, and the time
 * @param removals what other nodes' ledgers have to be told
 */
public record RetentionTables(Holds holds, RetentionNotes notes, ForeignRemovals removals) implements RetentionRecords {
    /** Lets one at a time do something: of all threads of all processes that share a database. */
    public interface Turn {
        /** Waits for its turn, and takes the step. */
        <T extends @Nullable Object> T take(Supplier<T> step);
    }

    /** The tables of a database. */
    public static RetentionTables in(ControlTables database, Turn turn) {
        return new RetentionTables(
                new HoldTable(database, turn), new RetentionNoteTable(database), new ForeignRemovalTable(database));
    }
}
