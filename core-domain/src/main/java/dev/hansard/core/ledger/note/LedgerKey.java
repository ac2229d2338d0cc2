// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.note;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The Ed25519 key that a node signs its checkpoints with. As text it has two lines: {@code PRIVATE+KEY+NAME+ID+SEED},
 * as others write such keys, and its public half, which the JDK cannot tell from it. Safe for any number of threads.
 */
public final class LedgerKey {
    private static final String PREFIX = "PRIVATE+KEY+";
    private static final int SEED_BYTES = 32;
    /** What PKCS#8 has before the seed of an Ed25519 key (RFC 8410). */
    private static final byte[] INFO = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final byte[] PROBE = "hansard".getBytes(StandardCharsets.UTF_8);

    private final PrivateKey key;
    private final LedgerPublicKey publicKey;

    private LedgerKey(PrivateKey key, LedgerPublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /** A new key as text, for the ledger with this name. */
    public static Secret make(String name) {
        try {
            var pair = KeyPairGenerator.getInstance(LedgerPublicKey.ALGORITHM).generateKeyPair();
            var publicKey = LedgerPublicKey.of(name, pair.getPublic());
            byte[] encoded = pair.getPrivate().getEncoded();
            byte[] seed = Arrays.copyOfRange(encoded, INFO.length, INFO.length + SEED_BYTES);
            byte[] typed = ByteBuffer.allocate(1 + SEED_BYTES)
                    .put(LedgerPublicKey.TYPE)
                    .put(seed)
                    .array();
            return Secret.of(PREFIX + name + "+" + publicKey.idText() + "+"
                    + Base64.getEncoder().encodeToString(typed) + "\n" + publicKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /**
     * Reads a key.
     *
     * @param text as {@link #make} gave it
     * @throws InvalidValueException when it is none, or its halves do not belong together
     */
    public static LedgerKey of(Secret text) {
        List<String> lines = text.reveal().strip().lines().toList();
        if (lines.size() == 2 && lines.get(0).startsWith(PREFIX)) {
            LedgerPublicKey publicKey = LedgerPublicKey.parse(lines.get(1));
            String[] parts = lines.get(0).substring(PREFIX.length()).split("\\+", 3);
            try {
                var key = new LedgerKey(seeded(parts), publicKey);
                if (parts[0].equals(publicKey.name()) && publicKey.verifies(PROBE, key.sign(PROBE))) {
                    return key;
                }
            } catch (GeneralSecurityException | IllegalArgumentException _) {
                // As below; the cause could quote the key.
            }
        }
        throw new InvalidValueException(
                "a ledger key must have two lines: PRIVATE+KEY+NAME+ID+BASE64 and its public half");
    }

    private static PrivateKey seeded(String... parts) throws GeneralSecurityException {
        byte[] typed = Base64.getDecoder().decode(parts[parts.length - 1]);
        if (typed.length != 1 + SEED_BYTES || typed[0] != LedgerPublicKey.TYPE) {
            throw new IllegalArgumentException("no seed of an Ed25519 key");
        }
        byte[] info = ByteBuffer.allocate(INFO.length + SEED_BYTES)
                .put(INFO)
                .put(typed, 1, SEED_BYTES)
                .array();
        return KeyFactory.getInstance(LedgerPublicKey.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(info));
    }

    public LedgerPublicKey publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(LedgerPublicKey.ALGORITHM);
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }
}
