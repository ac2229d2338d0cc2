// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what was made of several records by the keys of all of them: once one of the keys is destroyed nobody reads
 * it any more. So what an erased session said cannot be found out from an index that it shared with others.
 *
 * <p>The secret is a chain of HMAC-SHA256, one link for each key. A data key may have been read back, which
 * {@link DataKey} does not let encrypt, since a nonce could come twice; and the same must give the same bytes, since
 * the key of a segment follows from them. So there is no nonce to choose: the first half of the outcome is an HMAC of
 * what is encrypted, and an AES-256-GCM key of its own is derived from that (the SIV construction of Rogaway and
 * Shrimpton 2006, with a key in the place of the IV). That shows whether two are the same, and nothing else.
 */
public final class GroupCipher {
    private static final String HMAC = "HmacSHA256";
    private static final int DIGEST = 32;
    private static final byte[] CHAIN = label("hansard group");
    private static final byte[] OF_DIGEST = label("hansard group digest");
    private static final byte[] OF_KEY = label("hansard group key");

    /** What it adds to the length. */
    public static final int OVERHEAD = DIGEST + PartCipher.TAG;

    private GroupCipher() {}

    /**
     * A record whose key takes part.
     *
     * @param record its number under the data key
     */
    public record Member(DataKey key, long record) {}

    private static byte[] label(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Encrypts.
     *
     * @param context what it is bound to
     * @throws dev.hansard.ports.session.StorageException when a key was destroyed
     */
    public static byte[] seal(List<Member> members, byte[] context, byte[] clear) {
        byte[] secret = secret(members);
        byte[] size = ByteBuffer.allocate(Integer.BYTES).putInt(context.length).array();
        byte[] digest = hmac(hmac(secret, OF_DIGEST), size, context, clear);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, secret, digest, context).doFinal(clear);
            byte[] all = Arrays.copyOf(digest, DIGEST + sealed.length);
            System.arraycopy(sealed, 0, all, DIGEST, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses what it always takes", e);
        }
    }

    /**
     * Decrypts.
     *
     * @throws IOException when it is not what was sealed by these keys
     * @throws dev.hansard.ports.session.StorageException when a key was destroyed
     */
    public static byte[] open(List<Member> members, byte[] context, byte[] sealed) throws IOException {
        if (sealed.length < OVERHEAD) {
            throw new IOException("what is sealed is shorter than its seal");
        }
        byte[] secret = secret(members);
        byte[] digest = Arrays.copyOf(sealed, DIGEST);
        try {
            return cipher(Cipher.DECRYPT_MODE, secret, digest, context).doFinal(sealed, DIGEST, sealed.length - DIGEST);
        } catch (GeneralSecurityException e) {
            throw new IOException("what is sealed does not authenticate", e);
        }
    }

    private static Cipher cipher(int mode, byte[] secret, byte[] digest, byte[] context)
            throws GeneralSecurityException {
        byte[] key = hmac(hmac(secret, OF_KEY), digest);
        Cipher cipher = PartCipher.cipher();
        // The key is of this content alone, so that no nonce can come twice under it.
        var nonce = new GCMParameterSpec(8 * PartCipher.TAG, new byte[12]);
        cipher.init(mode, new SecretKeySpec(key, "AES"), nonce);
        cipher.updateAAD(context);
        return cipher;
    }

    private static byte[] secret(List<Member> members) {
        Mac mac = mac();
        byte[] secret = CHAIN;
        for (Member member : members) {
            secret = hmac(mac, member.key().keyOf(member.record()).getEncoded(), secret);
        }
        return secret;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        return hmac(mac(), key, parts);
    }

    private static Mac mac() {
        try {
            return Mac.getInstance(HMAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    private static byte[] hmac(Mac mac, byte[] key, byte[]... parts) {
        try {
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " refuses what it always takes", e);
        }
    }
}
