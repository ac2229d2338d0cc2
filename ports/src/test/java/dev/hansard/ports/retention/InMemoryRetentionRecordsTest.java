// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import java.nio.file.Path;

class InMemoryRetentionRecordsTest implements RetentionRecordsContract {
    @Override
    public Opened open(Path folder) {
        var holds = new InMemoryHolds();
        var notes = new InMemoryRetentionNotes();
        var removals = new InMemoryForeignRemovals();
        return new Opened() {
            @Override
            public RetentionRecords records() {
                return new RetentionRecords() {
                    @Override
                    public Holds holds() {
                        return holds;
                    }

                    @Override
                    public RetentionNotes notes() {
                        return notes;
                    }

                    @Override
                    public ForeignRemovals removals() {
                        return removals;
                    }
                };
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        };
    }

    @Override
    public boolean isLasting() {
        return false;
    }
}
