// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import dev.hansard.idp.jose.Base64Url;
import dev.hansard.ports.value.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that a proof must hold (RFC 9449 section 9), so that none can be made in advance. Nothing is kept of them: one
 * is a MAC over the number of its period, so that all nodes with the key give and know the same. Safe for any number of
 * threads.
 */
final class ProofNonces {
    /** How long one is given; it is taken for as long again. */
    static final Duration PERIOD = Duration.ofMinutes(2);

    private static final String HMAC = "HmacSHA256";
    private static final int LENGTH = 16;

    private final SecretKeySpec key;
    private final InstantSource wall;

    ProofNonces(Secret key, InstantSource wall) {
        this.key = new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), HMAC);
        this.wall = wall;
    }

    /** The one to give now. */
    String current() {
        return of(period());
    }

    /** Whether it was given a moment ago. */
    boolean isFresh(String nonce) {
        long now = period();
        return isSame(nonce, of(now)) || isSame(nonce, of(now - 1));
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private long period() {
        return wall.millis() / PERIOD.toMillis();
    }

    private String of(long period) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update("DPoP nonce".getBytes(StandardCharsets.US_ASCII));
            byte[] digest =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(period).array());
            return Base64Url.encode(Arrays.copyOf(digest, LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
