// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/** What {@link PartCipher} has encrypted, in clear, piece by piece: a byte that comes out is authentic. */
public final class DecryptedPart extends FilterInputStream {
    private final DataKey key;
    private final SecretKey its;
    private final long record;
    private final byte[] context;
    private final Cipher cipher = PartCipher.cipher();
    private final byte[] sealed;
    private byte[] clear = new byte[0];
    private int at;
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
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == clear.length) {
            if (left <= 0) {
                return -1;
            }
            next();
        }
        int count = Math.min(length, clear.length - at);
        System.arraycopy(clear, at, into, offset, count);
        at += count;
        return count;
    }

    private void next() throws IOException {
        int count = (int) Math.min(left, sealed.length);
        if (in.readNBytes(sealed, 0, count) != count) {
            throw new IOException("record ends " + left + " bytes too early");
        }
        left -= count;
        try {
            cipher.init(Cipher.DECRYPT_MODE, its, PartCipher.nonce(record, piece++, left == 0));
            cipher.updateAAD(context);
            clear = cipher.doFinal(sealed, 0, count);
            at = 0;
        } catch (GeneralSecurityException e) {
            throw new IOException("record is not what was written: it does not authenticate under data key " + key, e);
        }
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8192)).length;
    }

    @Override
    public int available() {
        return clear.length - at;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
