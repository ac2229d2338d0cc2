// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.recovery;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.recovery.BackupDesk;

/** Lets those who may take a backup have it, and keeps in mind that they did. */
public final class BackupOffice implements BackupDesk {
    private static final String BACKUP = "backup";

    private final Auditor auditor;
    private final Archive archive;

    /**
     * @param archive of this node
     */
    public BackupOffice(Auditor auditor, Archive archive) {
        this.auditor = auditor;
        this.archive = archive;
    }

    @Override
    public Archive take(Visitor visitor) {
        auditor.require(visitor, Permission.RECOVER, BACKUP);
        auditor.does(visitor, AuditAction.BACKUP_TAKEN, BACKUP, null);
        return archive;
    }
}
