// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import dev.hansard.idp.jose.Flaw;
import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.idp.jwt.JwtSettings.Bound;
import dev.hansard.ports.exchange.Arrival;
import java.security.cert.CertificateEncodingException;
import org.jspecify.annotations.Nullable;

/**
 * What a token is bound to by its {@code cnf} claim (RFC 7800): whoever shows it must hold that, too.
 *
 * @param key thumbprint of the key that each call proves (RFC 9449 section 6.1); null when to none
 * @param certificate SHA-256 of the client certificate (RFC 8705 section 3.1); null when to none
 */
record Binding(@Nullable String key, @Nullable String certificate) {
    static final Binding NONE = new Binding(null, null);

    static Binding read(JsonObject claims) throws FlawedTokenException {
        JsonObject confirmation = claims.object("cnf");
        if (confirmation == null) {
            return NONE;
        }
        var binding = new Binding(confirmation.text("jkt"), confirmation.text("x5t#S256"));
        if (binding.equals(NONE)) {
            throw new FlawedTokenException(Flaw.UNKNOWN_BINDING);
        }
        return binding;
    }

    /** Whether a provider that asks for bound tokens is content with it. */
    void require(Bound bound) throws FlawedTokenException {
        boolean isEnough = switch (bound) {
            case FREE -> true;
            case DPOP -> key != null;
            case MTLS -> certificate != null;
            case ANY -> key != null || certificate != null;
        };
        if (!isEnough) {
            throw new FlawedTokenException(Flaw.UNBOUND_TOKEN);
        }
    }

    /** Whether the connection is authenticated by the certificate that it must be. */
    void checkCertificate(Arrival arrival) throws FlawedTokenException {
        if (certificate == null) {
            return;
        }
        if (arrival.certificates().isEmpty()) {
            throw new FlawedTokenException(Flaw.BOUND_TOKEN_WITHOUT_PROOF);
        }
        try {
            byte[] shown = arrival.certificates().getFirst().getEncoded();
            if (!Digest256.of(shown).inBase64Url().equals(certificate)) {
                throw new FlawedTokenException(Flaw.WRONG_CERTIFICATE);
            }
        } catch (CertificateEncodingException _) {
            throw new FlawedTokenException(Flaw.WRONG_CERTIFICATE);
        }
    }
}
