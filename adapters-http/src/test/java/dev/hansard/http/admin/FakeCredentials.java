// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.credential.CredentialDesk;
import dev.hansard.ports.credential.CredentialState;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two credentials, of which one is in trouble. */
final class FakeCredentials implements CredentialDesk {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ServiceName PAYMENTS = new ServiceName("payments");

    static final CredentialState KEY = new CredentialState(
            "payments-header", PAYMENTS, "header", "k3xq7abcde", NOON, null, "a2b3c4d5e6", NOON.plusSeconds(600), null);
    static final CredentialState TOKEN = new CredentialState(
            "payments-token",
            PAYMENTS,
            "oauth2-client-credentials",
            "zzzz7abcde",
            NOON,
            NOON.plusSeconds(60),
            null,
            null,
            "the issuer answers 503");

    @Override
    public List<CredentialState> list(Visitor visitor) {
        return List.of(KEY, TOKEN);
    }

    @Override
    public @Nullable Rotation rotate(Visitor visitor, String name) {
        return name.equals(KEY.name()) ? new Rotation(KEY, true) : null;
    }
}
