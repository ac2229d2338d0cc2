// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.vault;

import dev.hansard.ports.session.StorageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One file of the vault, big-endian:
 *
 * <pre>
 *  0  u32  magic "HVE1"
 *  4       16 bytes of SHA-256 of the owner
 * 20       nonce, 12 bytes, and the key of the entry under the vault's key, 32 bytes and a tag of 16
 * 80       nonce, 12 bytes, and the content under the key of the entry, with a tag of 16
 * </pre>
 *
 * <p>AES-256-GCM. The associated data of both is the name of the file and the first 20 bytes, so that none passes for
 * another. Each entry has a key of its own at random, which is gone with the first 80 bytes.
 */
final class SealedEntry {
    static final int OWNER = 16;
    /** What has to be destroyed for the rest to be noise. */
    static final int KEY_END = 80;

    private static final int MAGIC = 0x48564531;
    private static final int HEAD = Integer.BYTES + OWNER;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int KEY = 32;

    private SealedEntry() {}

    /** How long an entry of that content is. */
    static long length(int content) {
        return (long) KEY_END + NONCE + content + TAG;
    }

    static byte[] ownerOf(String owner) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(owner.getBytes(StandardCharsets.UTF_16BE));
            return Arrays.copyOf(digest, OWNER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] seal(String name, byte[] owner, ByteBuffer content, SecretKey vault, RandomGenerator random) {
        ByteBuffer entry = ByteBuffer.allocate(Math.toIntExact(length(content.remaining())));
        entry.putInt(MAGIC).put(owner);
        byte[] context = context(name, entry.array());
        byte[] key = new byte[KEY];
        random.nextBytes(key);
        try {
            encrypt(vault, context, ByteBuffer.wrap(key), entry, random);
            encrypt(new SecretKeySpec(key, "AES"), context, content.duplicate(), entry, random);
            return entry.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses what it always takes", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] context(String name, byte[] entry) {
        byte[] named = name.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEAD + named.length)
                .put(entry, 0, HEAD)
                .put(named)
                .array();
    }

    private static void encrypt(SecretKey key, byte[] context, ByteBuffer from, ByteBuffer to, RandomGenerator random)
            throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        to.put(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(context);
        cipher.doFinal(from, to);
    }

    static ByteBuffer open(String name, byte[] entry, SecretKey vault) {
        try {
            ByteBuffer in = ByteBuffer.wrap(entry);
            if (in.getInt() != MAGIC) {
                throw damaged(name, null);
            }
            in.position(HEAD);
            byte[] context = context(name, entry);
            byte[] key = decrypt(vault, context, in, KEY + TAG);
            try {
                return ByteBuffer.wrap(decrypt(new SecretKeySpec(key, "AES"), context, in, in.remaining() - NONCE));
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        } catch (GeneralSecurityException | BufferUnderflowException | IllegalArgumentException e) {
            throw damaged(name, e);
        }
    }

    private static byte[] decrypt(SecretKey key, byte[] context, ByteBuffer in, int length)
            throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE];
        in.get(nonce);
        byte[] sealed = new byte[Math.max(0, length)];
        in.get(sealed);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(context);
        return cipher.doFinal(sealed);
    }

    private static StorageException damaged(String name, @Nullable Exception cause) {
        String message = "'" + name + "' in the approval vault is damaged, or sealed by another key; the request that"
                + " it belongs to cannot go on";
        return cause == null ? new StorageException(message) : new StorageException(message, cause);
    }
}
