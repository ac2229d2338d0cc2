// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link SealedOutput} has written. Each byte that comes out is authentic; that the file is whole is known
 * at its end only. Belongs to one thread.
 */
public final class SealedInput extends PieceInput {
    /** Bytes of the head; from the first of them {@link #isSealed} tells what it is. */
    public static final int HEAD = 33;

    private static final int KIND_AT = 16;

    private final byte[] head;
    private final SecretKey key;
    private final Cipher cipher = PartCipher.cipher();
    private final byte[] sealed = new byte[PartCipher.PIECE + PartCipher.TAG];
    private int piece;
    private int next;
    private boolean ended;

    /**
     * Begins to read.
     *
     * @throws IOException when it is no sealed file, or sealed by what is of another kind
     */
    public SealedInput(InputStream in, SealingKey sealing) throws IOException {
        super(in);
        head = in.readNBytes(HEAD);
        if (!isSealed(head)) {
            throw new IOException("it is no sealed file of Hansard");
        }
        if (head[KIND_AT] != sealing.kind()) {
            throw new IOException(
                    head[KIND_AT] == 1
                            ? "it is sealed by a key, not by a passphrase; name the key's file"
                            : "it is sealed by a passphrase, not by a key; give the passphrase");
        }
        key = sealing.derive(Arrays.copyOfRange(head, KIND_AT + 1, HEAD));
        next = in.read();
    }

    /** Whether these are the first bytes of a sealed file. */
    public static boolean isSealed(byte[] beginning) {
        byte[] magic = SealedOutput.head((byte) 0, new byte[SealedOutput.SALT]);
        return beginning.length >= HEAD && Arrays.equals(beginning, 0, KIND_AT, magic, 0, KIND_AT);
    }

    /** One byte is read ahead: whether there is one tells whether a piece is the last. */
    @Override
    byte @Nullable [] next() throws IOException {
        if (ended) {
            return null;
        }
        if (next < 0) {
            throw new IOException("it is cut off");
        }
        sealed[0] = (byte) next;
        int count = 1 + in.readNBytes(sealed, 1, sealed.length - 1);
        next = count == sealed.length ? in.read() : -1;
        ended = next < 0;
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, PartCipher.nonce(0, piece++, ended));
            cipher.updateAAD(head);
            return cipher.doFinal(sealed, 0, count);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    piece == 1
                            ? "it does not open: the key or passphrase is another one's, or it was changed"
                            : "it was changed or cut off after " + (piece - 1) + " pieces of 64 KiB",
                    e);
        }
    }
}
