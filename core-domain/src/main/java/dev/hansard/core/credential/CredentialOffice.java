// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.credential.CredentialDesk;
import dev.hansard.ports.credential.CredentialState;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Visitor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows credentials to operators, and rotates them. */
public final class CredentialOffice implements CredentialDesk {
    private final CredentialBook book;
    private final Auditor auditor;

    public CredentialOffice(CredentialBook book, Auditor auditor) {
        this.book = book;
        this.auditor = auditor;
    }

    @Override
    public List<CredentialState> list(Visitor visitor) {
        auditor.require(visitor, Permission.OPERATE, "credentials");
        return book.all().stream().map(HeldCredential::state).toList();
    }

    @Override
    public @Nullable Rotation rotate(Visitor visitor, String name) {
        auditor.require(visitor, Permission.OPERATE, "credentials");
        HeldCredential found = book.all().stream()
                .filter(one -> one.spec().name().equals(name))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return null;
        }
        auditor.does(visitor, AuditAction.CREDENTIAL_ROTATED, name, null);
        boolean changed = found.rotate();
        return new Rotation(found.state(), changed);
    }
}
