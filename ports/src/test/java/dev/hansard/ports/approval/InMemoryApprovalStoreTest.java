// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

class InMemoryApprovalStoreTest implements ApprovalStoreContract, ApprovalRaceContract {
    private final Map<Path, ApprovalStore> folders = new HashMap<>();

    @Override
    public Opened open(Path folder) {
        ApprovalStore store = folders.computeIfAbsent(folder, _ -> new InMemoryApprovalStore());
        return new Opened() {
            @Override
            public ApprovalStore store() {
                return store;
            }

            @Override
            public void close() {
                // It stays in memory.
            }
        };
    }
}
