// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/** Ed25519 (RFC 8037) by the JDK; Nimbus has it only with a further library. */
final class Ed25519Verification {
    private static final int KEY_LENGTH = 32;
    private static final String ED25519 = "Ed25519";

    private final PublicKey key;

    private Ed25519Verification(PublicKey key) {
        this.key = key;
    }

    /** A key by its 32 bytes: y in little endian, the sign of x in the highest bit (RFC 8032 section 5.1.2). */
    static Ed25519Verification of(byte[] bytes) throws UnusableKeyException {
        if (bytes.length != KEY_LENGTH) {
            throw new UnusableKeyException("is no well-formed public key");
        }
        var bigEndian = new byte[KEY_LENGTH];
        for (int at = 0; at < KEY_LENGTH; at++) {
            bigEndian[at] = bytes[KEY_LENGTH - 1 - at];
        }
        boolean xIsOdd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        var point = new EdECPoint(xIsOdd, new BigInteger(1, bigEndian));
        try {
            return new Ed25519Verification(KeyFactory.getInstance(ED25519)
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point)));
        } catch (GeneralSecurityException _) {
            throw new UnusableKeyException("is no well-formed public key");
        }
    }

    boolean verifies(SignatureAlgorithm algorithm, CompactJws token) {
        try {
            var signature = Signature.getInstance(ED25519);
            signature.initVerify(key);
            signature.update(token.signed());
            return signature.verify(token.signature());
        } catch (SignatureException _) {
            return false; // Of the wrong length, or not a point.
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK must verify " + algorithm.inTokens() + " with its own key", e);
        }
    }
}
