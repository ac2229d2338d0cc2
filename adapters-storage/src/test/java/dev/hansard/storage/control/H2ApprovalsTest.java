// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.approval.ApprovalStoreContract;
import java.nio.file.Path;

class H2ApprovalsTest implements ApprovalStoreContract {
    @Override
    public Opened open(Path folder) {
        var control = H2ControlStore.open(folder);
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
