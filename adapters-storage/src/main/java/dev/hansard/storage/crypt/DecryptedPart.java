// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** What {@link PartCipher} has encrypted, in clear, piece by piece: a byte that comes out is authentic. */
public final class DecryptedPart extends PieceInput {
    private final DataKey key;
    private final SecretKey its;
    private final long record;
    private final byte[] context;
    private final Cipher cipher = PartCipher.cipher();
    private final byte[] sealed;
    private int piece;
    private long left;

    /**
     * Reads from behind the prefix on.
     *
     * @param prefix what was read before, {@link PartCipher#PREFIX} bytes
     * @param length of the whole encrypted record
     * @throws IOException when the prefix is another
     * @throws dev.hansard.ports.session.StorageException when its key was destroyed
     */
    public DecryptedPart(InputStream in, ByteBuffer prefix, long length, DataKey key, byte[] context)
            throws IOException {
        super(in);
        if (!PartCipher.isPrefix(prefix, length)) {
            throw new IOException("encrypted record does not begin as it should");
        }
        this.key = key;
        this.context = context;
        record = PartCipher.record(prefix);
        its = key.keyOf(record);
        left = length - PartCipher.PREFIX;
        sealed = new byte[Math.clamp(left, 0, PartCipher.PIECE + PartCipher.TAG)];
    }

    @Override
    byte @Nullable [] next() throws IOException {
        if (left <= 0) {
            return null;
        }
        int count = (int) Math.min(left, sealed.length);
        if (in.readNBytes(sealed, 0, count) != count) {
            throw new IOException("record ends " + left + " bytes too early");
        }
        left -= count;
        try {
            cipher.init(Cipher.DECRYPT_MODE, its, PartCipher.nonce(record, piece++, left == 0));
            cipher.updateAAD(context);
            return cipher.doFinal(sealed, 0, count);
        } catch (GeneralSecurityException e) {
            throw new IOException("record is not what was written: it does not authenticate under data key " + key, e);
        }
    }
}
