// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import dev.hansard.ports.approval.ApprovalRaceContract;
import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.approval.ApprovalStoreContract;
import java.nio.file.Path;

class PostgresApprovalsTest implements ApprovalStoreContract, ApprovalRaceContract {
    @Override
    public Opened open(Path folder) {
        var control =
                PostgresControlStore.open(TestDatabase.settings(folder), System::nanoTime, folder.resolve("seen"));
        return new Opened() {
            @Override
            public ApprovalStore store() {
                return control.approvals();
            }

            @Override
            public void close() {
                control.close();
            }
        };
    }
}
