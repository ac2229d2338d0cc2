// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.credential.SecretSource;
import java.util.Map;

/** Tokens by the client credentials grant (RFC 6749 section 4.4). */
record ClientCredentials(TokenEndpoint endpoint) implements SecretSource {
    @Override
    public SecretReading read() throws CredentialUnavailableException, InterruptedException {
        return endpoint.token(Map.of("grant_type", "client_credentials"));
    }

    @Override
    public void close() {
        endpoint.clientSecret().close();
    }
}
