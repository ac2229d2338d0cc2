// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.nio.file.Path;

class InMemorySessionCatalogTest implements SessionCatalogContract {
    @Override
    public SessionCatalog open(Path folder) {
        return new InMemorySessionCatalog();
    }
}
