// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.identity.SignedInRecords;
import dev.hansard.ports.identity.SignedInRecordsContract;
import java.nio.file.Path;

class H2SignedInRecordsTest implements SignedInRecordsContract {
    @Override
    public Opened open(Path folder) {
        var store = H2ControlStore.open(folder);
        return new Opened() {
            @Override
            public SignedInRecords records() {
                return store.signedIn();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }
}
