// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts one record of a frame with AES-256-GCM. The outcome is a skippable zstd frame, little-endian:
 *
 * <pre>
 *  0  u32  0x184D2A58
 *  4  u32  bytes from 8 on
 *  8  u64  id of the data key
 * 16  u64  number of the record under that key
 * 24       pieces: 64 KiB of ciphertext each, the last one less, and behind each its tag of 16 bytes
 * </pre>
 *
 * <p>In pieces, so that a large body can stream and yet not one byte is given out that is not authentic. It is the
 * STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce is the record's number, eight bytes
 * big-endian, then the piece's, four bytes with the highest bit set on the last piece. So no piece can be left out, put
 * elsewhere, or be cut off. All pieces have the same associated data, which the frame gives.
 *
 * <p>Belongs to one thread at a time.
 */
public final class PartCipher {
    /** Bytes before the first piece. */
    public static final int PREFIX = 24;

    static final int PIECE = 64 * 1024;
    static final int TAG = 16;

    private static final int SKIPPABLE = 0x184D2A58;
    private static final int NONCE = 12;
    private static final int LAST = 1 << 31;

    private final Cipher cipher = cipher();

    static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    static GCMParameterSpec nonce(long record, int piece, boolean last) {
        byte[] nonce = new byte[NONCE];
        ByteBuffer.wrap(nonce).putLong(record).putInt(last ? piece | LAST : piece);
        return new GCMParameterSpec(8 * TAG, nonce);
    }

    /** How long a record of that many bytes becomes. */
    public static int encryptedLength(int length) {
        int pieces = Math.max(1, Math.ceilDiv(length, PIECE));
        return Math.toIntExact(PREFIX + (long) length + (long) pieces * TAG);
    }

    /** The id of the key, of a record's first {@link #PREFIX} bytes. */
    public static long keyId(ByteBuffer prefix) {
        return prefix.slice().order(ByteOrder.LITTLE_ENDIAN).getLong(8);
    }

    /** Whether these are the first bytes of a record of that many: they are not under its tags. */
    static boolean isPrefix(ByteBuffer prefix, long length) {
        ByteBuffer view = prefix.slice().order(ByteOrder.LITTLE_ENDIAN);
        return view.getInt(0) == SKIPPABLE && view.getInt(4) == length - 8;
    }

    /** The number of the record, of its first {@link #PREFIX} bytes. */
    public static long record(ByteBuffer prefix) {
        return prefix.slice().order(ByteOrder.LITTLE_ENDIAN).getLong(16);
    }

    /**
     * Encrypts a range of {@code from} into {@code to}, which has room for {@link #encryptedLength} bytes at
     * {@code toAt}.
     *
     * @param number of the record in its frame, 0 to 3
     */
    public void encrypt(
            DataKey.Turn turn, int number, byte[] context, byte[] from, int at, int length, byte[] to, int toAt) {
        long record = turn.first() + number;
        int total = encryptedLength(length);
        ByteBuffer.wrap(to, toAt, PREFIX)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SKIPPABLE)
                .putInt(total - 8)
                .putLong(turn.id())
                .putLong(record);
        int out = toAt + PREFIX;
        int piece = 0;
        int done = 0;
        try {
            do {
                int count = Math.min(PIECE, length - done);
                boolean last = done + count == length;
                cipher.init(Cipher.ENCRYPT_MODE, turn.key(), nonce(record, piece++, last));
                cipher.updateAAD(context);
                out += cipher.doFinal(from, at + done, count, to, out);
                done += count;
            } while (done < length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses what it always takes", e);
        }
    }
}
