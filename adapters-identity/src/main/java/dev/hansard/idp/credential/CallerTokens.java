// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.credential;

import dev.hansard.ports.credential.CredentialUnavailableException;
import dev.hansard.ports.credential.SecretReading;
import dev.hansard.ports.credential.TokenExchange;
import dev.hansard.ports.value.Secret;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens for callers by token exchange (RFC 8693 section 2.1). */
record CallerTokens(TokenEndpoint endpoint) implements TokenExchange {
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    @Override
    public SecretReading exchange(Secret subject) throws CredentialUnavailableException, InterruptedException {
        Map<String, String> grant = new LinkedHashMap<>();
        grant.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        grant.put("subject_token", subject.reveal());
        grant.put("subject_token_type", ACCESS_TOKEN);
        grant.put("requested_token_type", ACCESS_TOKEN);
        return endpoint.token(grant);
    }

    @Override
    public void close() {
        endpoint.clientSecret().close();
    }
}
