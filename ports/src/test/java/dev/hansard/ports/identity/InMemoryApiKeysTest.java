// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.nio.file.Path;

class InMemoryApiKeysTest implements ApiKeysContract {
    @Override
    public Opened open(Path folder) {
        var keys = new InMemoryApiKeys();
        return new Opened() {
            @Override
            public ApiKeys keys() {
                return keys;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public boolean isLasting() {
        return false;
    }
}
