// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.SignatureAlgorithm;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What binds an ID token to the access token that it came with (OpenID Connect Core 1.0 section 3.1.3.6). */
final class AccessTokenHash {
    private AccessTokenHash() {}

    /**
     * Refuses a token that is bound to another one.
     *
     * @param said null when it is bound to none, which an issuer may leave out in these flows
     */
    static void check(@Nullable String said, SignatureAlgorithm algorithm, @Nullable Secret access)
            throws FaultException {
        if (said != null && access != null && !Secret.of(said).equals(Secret.of(of(access, algorithm)))) {
            throw new FaultException(Fault.WRONG_ACCESS_TOKEN);
        }
    }

    /** The left half of its digest, by the hash that the signature has. */
    static String of(Secret access, SignatureAlgorithm algorithm) {
        try {
            byte[] digest = MessageDigest.getInstance(digest(algorithm.inTokens()))
                    .digest(access.reveal().getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-2", e);
        }
    }

    private static String digest(String algorithm) {
        return algorithm.startsWith("Ed") ? "SHA-512" : "SHA-" + algorithm.substring(2);
    }
}
