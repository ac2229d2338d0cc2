// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which secret of which vault.
 *
 * @param mount where the KV engine is enabled
 * @param path of the secret in it
 * @param namespace of Vault Enterprise or OpenBao; null for none
 * @param refresh how often a secret without a lease is read again
 * @param lastGood how long such a secret is believed while the vault is out of reach
 */
record VaultSettings(
        URI address,
        String mount,
        String path,
        String field,
        @Nullable String namespace,
        Duration refresh,
        Duration lastGood) {
    URI uri(String path) {
        return URI.create(address.toString().replaceFirst("/+$", "") + "/v1/" + path);
    }

    String name() {
        return "the vault at " + address;
    }
}
