// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.control;

import dev.hansard.ports.identity.ApiKeys;
import dev.hansard.ports.identity.ApiKeysContract;
import java.nio.file.Path;

class H2ApiKeysTest implements ApiKeysContract {
    @Override
    public Opened open(Path folder) {
        var store = H2ControlStore.open(folder);
        return new Opened() {
            @Override
            public ApiKeys keys() {
                return store.keys();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }
}
