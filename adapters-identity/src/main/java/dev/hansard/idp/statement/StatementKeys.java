// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.statement;

import dev.hansard.ports.identity.StatementSigner;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Makes and reads the Ed25519 keys that statements are signed with. As text, a key is its private half (PKCS#8) and its
 * public half (SubjectPublicKeyInfo) in base64 with a dot between: the JDK cannot tell the one from the other.
 */
public final class StatementKeys {
    private static final String ALGORITHM = "Ed25519";
    private static final byte[] PROBE = {'h', 'a', 'n', 's', 'a', 'r', 'd'};

    private StatementKeys() {}

    /** A new key as text. */
    public static Secret make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            Base64.Encoder base64 = Base64.getEncoder();
            return Secret.of(base64.encodeToString(pair.getPrivate().getEncoded()) + "."
                    + base64.encodeToString(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /**
     * Signs with a key.
     *
     * @param issuerKey as {@link #make} gave it
     * @throws InvalidValueException when it is none
     */
    public static StatementSigner signer(Secret issuerKey) {
        String[] halves = issuerKey.reveal().split("\\.", -1);
        if (halves.length != 2) {
            throw new InvalidValueException("a key of statements must have two halves with a dot between");
        }
        try {
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            var pair = new KeyPair(
                    factory.generatePublic(
                            new X509EncodedKeySpec(Base64.getDecoder().decode(halves[1]))),
                    factory.generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getDecoder().decode(halves[0]))));
            if (fits(pair)) {
                return new Ed25519StatementSigner(pair);
            }
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            // As below; the cause could quote the key.
        }
        throw new InvalidValueException("a key of statements must have an Ed25519 key and its public half");
    }

    private static boolean fits(KeyPair pair) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(pair.getPrivate());
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.update(PROBE);
        return signature.verify(signed);
    }
}
