// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.note;

import dev.hansard.ports.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The Ed25519 key that a ledger's checkpoints are checked with, as C2SP signed-note writes it: {@code NAME+ID+KEY}. The
 * name is the ledger's origin; the id is the start of a hash over name and key, and tells which signature line to look
 * at.
 */
public final class LedgerPublicKey {
    static final String ALGORITHM = "Ed25519";
    static final byte TYPE = 1;
    static final int ID_BYTES = 4;

    private static final int KEY_BYTES = 32;
    /** What SubjectPublicKeyInfo has before the bytes of an Ed25519 key (RFC 8410). */
    private static final byte[] INFO = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] raw;
    private final PublicKey key;

    private LedgerPublicKey(String name, byte[] raw, PublicKey key) {
        this.name = requireName(name);
        this.raw = raw;
        this.key = key;
    }

    static LedgerPublicKey of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new LedgerPublicKey(name, Arrays.copyOfRange(encoded, INFO.length, encoded.length), key);
    }

    /**
     * Reads {@link #toString}.
     *
     * @throws InvalidValueException when it is none, or its id belongs to another key
     */
    public static LedgerPublicKey parse(String text) {
        // The key may have a plus in its base64, and the name none.
        String[] parts = text.strip().split("\\+", 3);
        try {
            byte[] typed = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
            if (typed.length == 1 + KEY_BYTES && typed[0] == TYPE) {
                byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
                var key = new LedgerPublicKey(parts[0], raw, decoded(raw));
                if (key.toString().equals(text.strip())) {
                    return key;
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            // As below.
        }
        throw new InvalidValueException(
                "a ledger's public key must look like NAME+1a2b3c4d+BASE64, with an id that" + " fits name and key");
    }

    private static PublicKey decoded(byte[] raw) throws GeneralSecurityException {
        byte[] info =
                ByteBuffer.allocate(INFO.length + raw.length).put(INFO).put(raw).array();
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(info));
    }

    private static String requireName(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c == '+' || Character.isWhitespace(c) || c < ' ')) {
            throw new InvalidValueException("the name of a ledger must not be empty or have blanks or a +");
        }
        return name;
    }

    public String name() {
        return name;
    }

    /** The first four bytes of {@code SHA-256(name || 0A || 01 || key)}. */
    byte[] id() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(name.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) '\n');
            sha256.update(TYPE);
            return Arrays.copyOf(sha256.digest(raw), ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The id in hexadecimal digits. */
    public String idText() {
        return HexFormat.of().formatHex(id());
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException _) {
            return false; // Bytes that are no signature.
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerPublicKey that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        byte[] typed = ByteBuffer.allocate(1 + raw.length).put(TYPE).put(raw).array();
        return name + "+" + idText() + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
