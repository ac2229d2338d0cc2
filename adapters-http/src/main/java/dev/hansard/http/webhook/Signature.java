// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.webhook;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs deliveries: HMAC-SHA256 over id, timestamp and content, with full stops between them. Safe for any number of
 * threads.
 */
final class Signature {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    /** The bounds of the specification. */
    private static final int LEAST_BYTES = 24;

    private static final int MOST_BYTES = 64;

    private final SecretKeySpec key;

    private Signature(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * By a secret as it is written.
     *
     * @throws InvalidValueException when it is none
     */
    static Signature of(Secret secret) {
        String text = secret.reveal();
        byte[] key = new byte[0];
        try {
            if (text.startsWith(PREFIX)) {
                key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            }
        } catch (IllegalArgumentException _) {
            // Not base64; refused below.
        }
        if (key.length < LEAST_BYTES || key.length > MOST_BYTES) {
            throw new InvalidValueException("the secret of a webhook must be whsec_ and base64 of " + LEAST_BYTES
                    + " to " + MOST_BYTES + " bytes; make one with: echo whsec_$(openssl rand -base64 32)");
        }
        return new Signature(new SecretKeySpec(key, ALGORITHM));
    }

    /** The value of {@code webhook-signature}. */
    String sign(String id, long timestamp, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
