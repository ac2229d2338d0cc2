// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.audit.AuditDesk;
import dev.hansard.ports.credential.CredentialDesk;
import dev.hansard.ports.identity.AdminGate;
import dev.hansard.ports.identity.DeviceDesk;
import dev.hansard.ports.identity.KeyDesk;
import dev.hansard.ports.identity.SignInDesk;
import dev.hansard.ports.ledger.LedgerDesk;
import dev.hansard.ports.search.ContentDesk;
import dev.hansard.ports.session.SessionDesk;
import dev.hansard.ports.usage.StorageDesk;
import org.jspecify.annotations.Nullable;

/**
 * What the admin listener takes requests to.
 *
 * @param gate who may come in
 * @param sessions the recorded sessions
 * @param contents where sessions are looked for by their contents
 * @param keys the API keys
 * @param audit the audit log
 * @param signIn where people sign in with a browser
 * @param device where people sign in for a command line
 * @param ledger where sessions are proved
 * @param policies what may pass
 * @param approvals where people decide on requests; null when the control store cannot keep that
 * @param retention how long sessions stay; null when the control store cannot keep what that takes
 * @param storage what is stored
 * @param recovery where backups are taken and the catalog is made again
 * @param credentials what is added to requests for their targets
 */
public record AdminDesks(
        AdminGate gate,
        SessionDesk sessions,
        ContentDesk contents,
        KeyDesk keys,
        AuditDesk audit,
        SignInDesk signIn,
        DeviceDesk device,
        LedgerDesk ledger,
        @Nullable RetentionDesks retention,
        StorageDesk storage,
        RecoveryDesks recovery,
        CredentialDesk credentials,
        PolicyDesks policies,
        @Nullable ApprovalDesks approvals) {}
