// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

class InMemorySignedInRecordsTest implements SignedInRecordsContract {
    private final Map<Path, SignedInRecords> folders = new HashMap<>();

    @Override
    public Opened open(Path folder) {
        SignedInRecords records = folders.computeIfAbsent(folder, _ -> new InMemorySignedInRecords());
        return new Opened() {
            @Override
            public SignedInRecords records() {
                return records;
            }

            @Override
            public void close() {}
        };
    }
}
