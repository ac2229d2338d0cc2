// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.approval.ApprovalRaceContract;
import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.approval.ApprovalStoreContract;
import java.nio.file.Path;

class H2ApprovalsTest implements ApprovalStoreContract, ApprovalRaceContract {
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

    /** A node has its file for itself. */
    @Override
    public Opened openOther(Path folder, Opened one) {
        return new Opened() {
            @Override
            public ApprovalStore store() {
                return one.store();
            }

            @Override
            public void close() {
                // It is closed with the one.
            }
        };
    }
}
