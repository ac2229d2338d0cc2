// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a segment keeps of the words of one block of its sessions. It is a skippable zstd frame, little-endian:
 *
 * <pre>
 *  0  u32  0x184D2A58
 *  4  u32  bytes from 8 on
 *  8  u64  magic "HANSTF", 1A, 0A
 * 16  u32  version
 * 20  u32  CRC32C of what follows
 * 24  u32  sessions: as many as the block of rows has
 * 28  u32  flags: 1 every word may be there, and no filter follows; 2 the filter is encrypted
 * 32  u64  where the block of rows begins, from the first one on
 * 40  u32  bytes of that block
 * 44  u32  bytes of the list of seals
 * 48       the seals: for each data key u64 its id, then as varints how many records, the number of the first, and by
 *          how much each is higher than the one before
 *          then the bits of the filter, see {@link TokenFilter}
 * </pre>
 *
 * <p>Immutable; the filter's bytes are not to be changed.
 */
public final class TokenBlock {
    /** Bytes before the seals. */
    public static final int HEAD = 48;

    /** Longest block: any that is longer is damaged. */
    public static final int MAX_LENGTH = 1024 * 1024;

    private static final int SKIPPABLE = 0x184D2A58;
    private static final long MAGIC = 0x0A1A_4654_534E_4148L;
    private static final int VERSION = 1;
    private static final int PREFIX = 8;
    private static final int CRC_AT = 20;
    private static final int ANYTHING = 1;
    private static final int ENCRYPTED = 2;

    private final Rows rows;
    private final List<Seal> seals;
    private final byte @Nullable [] filter;

    private TokenBlock(Rows rows, List<Seal> seals, byte @Nullable [] filter) {
        this.rows = rows;
        this.seals = List.copyOf(seals);
        this.filter = filter;
    }

    /**
     * The block of rows that it is of.
     *
     * @param sessions how many rows it has
     * @param at offset from the first block of rows
     * @param length bytes
     */
    public record Rows(int sessions, long at, int length) {}

    /**
     * A record by whose key the filter is encrypted, among others.
     *
     * @param key id of the data key
     * @param record its number under that key
     */
    public record Seal(long key, long record) {}

    /** A block in which every word may be. */
    public static TokenBlock ofAnything(Rows rows) {
        return new TokenBlock(rows, List.of(), null);
    }

    /**
     * A block with a filter.
     *
     * @param seals by what it is encrypted; empty for one in clear
     * @param filter its bytes, encrypted or not
     */
    public static TokenBlock of(Rows rows, List<Seal> seals, byte[] filter) {
        return new TokenBlock(rows, seals, filter);
    }

    public Rows rows() {
        return rows;
    }

    /** By what the filter is encrypted; empty when it is in clear. */
    public List<Seal> seals() {
        return seals;
    }

    /** The bytes of the filter; null when every word may be there. */
    @SuppressWarnings("EI_EXPOSE_REP")
    public byte @Nullable [] filter() {
        return filter;
    }

    /** Binds an encrypted filter to its place. */
    public static byte[] context(Rows rows) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(rows.sessions())
                .putLong(rows.at())
                .putInt(rows.length())
                .array();
    }

    /** All bytes of the frame. */
    public byte[] encode() {
        byte[] list = SealList.encode(seals);
        byte[] bits = filter == null ? new byte[0] : filter;
        ByteBuffer out = ByteBuffer.allocate(HEAD + list.length + bits.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(SKIPPABLE).putInt(out.capacity() - PREFIX).putLong(MAGIC).putInt(VERSION);
        out.putInt(0).putInt(rows.sessions());
        out.putInt((filter == null ? ANYTHING : 0) | (seals.isEmpty() ? 0 : ENCRYPTED));
        out.putLong(rows.at()).putInt(rows.length()).putInt(list.length);
        out.put(list).put(bits);
        out.putInt(CRC_AT, crc(out));
        return out.array();
    }

    /**
     * Reads blocks that lie one behind the other.
     *
     * @return null when one is damaged or of a later version
     */
    public static @Nullable List<TokenBlock> decodeAll(byte[] bytes) {
        var blocks = new ArrayList<TokenBlock>();
        int at = 0;
        while (at < bytes.length) {
            TokenBlock block = decode(ByteBuffer.wrap(bytes, at, bytes.length - at));
            if (block == null) {
                return null;
            }
            blocks.add(block);
            at += PREFIX + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 4);
        }
        return blocks;
    }

    /** The block that begins there; null when there is none that is whole. */
    static @Nullable TokenBlock decode(ByteBuffer from) {
        ByteBuffer all = from.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (all.capacity() < HEAD || all.getInt(0) != SKIPPABLE || all.getLong(8) != MAGIC) {
            return null;
        }
        int length = all.getInt(4);
        if (length < HEAD - PREFIX || length > Math.min(MAX_LENGTH, all.capacity()) - PREFIX) {
            return null;
        }
        ByteBuffer in = all.slice(0, PREFIX + length).order(ByteOrder.LITTLE_ENDIAN);
        return in.getInt(16) == VERSION && in.getInt(CRC_AT) == crc(in) ? read(in) : null;
    }

    private static @Nullable TokenBlock read(ByteBuffer in) {
        var rows = new Rows(in.getInt(24), in.getLong(32), in.getInt(40));
        int flags = in.getInt(28);
        int listLength = in.getInt(44);
        if (rows.sessions() < 1 || rows.at() < 0 || rows.length() < 1) {
            return null;
        }
        if ((flags & ANYTHING) != 0) {
            return ofAnything(rows);
        }
        if (listLength < 0 || listLength > in.capacity() - HEAD) {
            return null;
        }
        List<Seal> seals = SealList.decode(in.slice(HEAD, listLength), rows.sessions());
        if (seals == null || seals.isEmpty() != ((flags & ENCRYPTED) == 0)) {
            return null;
        }
        var filter = new byte[in.capacity() - HEAD - listLength];
        in.get(HEAD + listLength, filter);
        return new TokenBlock(rows, seals, filter);
    }

    private static int crc(ByteBuffer frame) {
        var crc = new CRC32C();
        crc.update(frame.slice(CRC_AT + 4, frame.capacity() - CRC_AT - 4));
        return (int) crc.getValue();
    }
}
