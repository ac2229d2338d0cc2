// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.credential.CredentialBook;
import dev.hansard.core.credential.guard.ResponseGuards;
import dev.hansard.core.identity.CallerStatements;

/**
 * What Hansard adds to requests for their targets alone.
 *
 * @param statements who calls
 * @param credentials what lets the request in
 * @param guards keep that from coming back
 */
public record Additions(CallerStatements statements, CredentialBook credentials, ResponseGuards guards) {}
