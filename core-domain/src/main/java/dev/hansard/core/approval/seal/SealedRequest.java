// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.seal;

import dev.hansard.core.approval.digest.DigestKey;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A request as the vault keeps it.
 *
 * @param key of its digest
 * @param body all of its content; null when there is none
 */
public record SealedRequest(
        DigestKey key,
        Caller caller,
        String listener,
        boolean secure,
        String method,
        ReceivedRequest received,
        @Nullable RequestBody body) {
    /** Nothing of what is sealed is ever printed. */
    @Override
    public String toString() {
        return "SealedRequest";
    }
}
