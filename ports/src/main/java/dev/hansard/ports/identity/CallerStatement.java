// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;

/**
 * What a node tells a target about who calls.
 *
 * @param issuer the node that says so
 * @param audience the service that it is for, and nobody else
 * @param issuedAt from when on it holds; whole seconds count
 * @param expiresAt when it no longer holds
 * @since 0.1
 */
public record CallerStatement(
        NodeName issuer, ServiceName audience, Caller caller, Instant issuedAt, Instant expiresAt) {
    public CallerStatement {
        if (!issuedAt.isBefore(expiresAt)) {
            throw new InvalidValueException("a statement must be issued before it expires");
        }
    }
}
