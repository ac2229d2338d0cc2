// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.recovery.BackupDesk;
import dev.hansard.ports.recovery.CatalogDesk;
import dev.hansard.ports.recovery.CatalogRebuild;
import java.nio.charset.StandardCharsets;

/** Answers as it is told. */
final class FakeRecovery implements BackupDesk, CatalogDesk {
    static final String ARCHIVE = "PK whatever";

    volatile CatalogRebuild state = CatalogRebuild.NEVER;

    @Override
    public Archive take(Visitor visitor) {
        return to -> to.write(ARCHIVE.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CatalogRebuild begin(Visitor visitor) {
        state = CatalogRebuild.running(1, 4, 20);
        return state;
    }

    @Override
    public CatalogRebuild state(Visitor visitor) {
        return state;
    }
}
