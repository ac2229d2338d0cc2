// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Seals what is written to it with AES-256-GCM. The file is
 *
 * <pre>
 *  0  16 bytes  "HANSARD-SEALED-1"
 * 16  u8        how its key is made: 1 HKDF-SHA-256 of a key, 2 PBKDF2-HMAC-SHA-256 of a passphrase, 600,000 rounds
 * 17  16 bytes  salt
 * 33            pieces: 64 KiB of ciphertext each, the last one less, and behind each its tag of 16 bytes
 * </pre>
 *
 * <p>As with {@link PartCipher} the nonce has the number of the piece and whether it is the last, so none can be left
 * out, put elsewhere or cut off; the head is what all are bound to. The last piece comes with {@link #close}: a file
 * without it is refused as a whole. Belongs to one thread.
 */
public final class SealedOutput extends OutputStream {
    static final int SALT = 16;
    private static final byte[] MAGIC = "HANSARD-SEALED-1".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final Cipher cipher = PartCipher.cipher();
    private final SecretKey key;
    private final byte[] head;
    private final byte[] clear = new byte[PartCipher.PIECE];
    private int length;
    private int piece;
    private boolean closed;

    /**
     * Begins a file.
     *
     * @param random must not be guessed
     */
    public SealedOutput(OutputStream out, SealingKey sealing, RandomGenerator random) throws IOException {
        this.out = out;
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        head = head(sealing.kind(), salt);
        key = sealing.derive(salt);
        out.write(head);
    }

    static byte[] head(byte kind, byte[] salt) {
        byte[] head = new byte[MAGIC.length + 1 + SALT];
        System.arraycopy(MAGIC, 0, head, 0, MAGIC.length);
        head[MAGIC.length] = kind;
        System.arraycopy(salt, 0, head, MAGIC.length + 1, SALT);
        return head;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            // A full piece waits for a byte behind it: only the last one may be the last.
            if (length == clear.length) {
                put(false);
            }
            int part = Math.min(count - done, clear.length - length);
            System.arraycopy(from, offset + done, clear, length, part);
            length += part;
            done += part;
        }
    }

    private void put(boolean last) throws IOException {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, PartCipher.nonce(0, piece++, last));
            cipher.updateAAD(head);
            out.write(cipher.doFinal(clear, 0, length));
            length = 0;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses what it always takes", e);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Ends the file. Whoever gave up must not close it, so that half a file is not taken for a whole one. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            put(true);
            out.close();
        }
    }
}
