// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.tokens.TokenBlock;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The end of a segment: for each frame its place and its summary, so that the catalog can be rebuilt without reading a
 * record. It is made of blocks of at most {@link #BLOCK} entries, for each of them what is known of its words
 * ({@link dev.hansard.storage.tokens.TokenBlock}), and a trailer of fixed length, all skippable frames:
 *
 * <pre>
 * block:    u32 0x184D2A58, u32 length, u64 magic "HANSBK", 1A, 0A, u32 version, u32 CRC32C of what follows,
 *           u32 bytes decompressed, then zstd
 * entry:    u128 session id, u64 sequence, u64 offset, u64 length, u32 length of the summary, the summary
 * trailer:  u32 0x184D2A58, u32 40, u64 magic "HANSTR", 1A, 0A, u32 version, u32 CRC32C of what follows,
 *           u64 offset of the first block, u64 number of entries,
 *           u64 offset of the first block's words; 0 in segments without them, as versions before 0.2 made them
 * </pre>
 */
final class SegmentFooter {
    static final int TRAILER = 48;
    static final int BLOCK = 512;
    static final int BLOCK_HEAD = 28;
    /** No block is longer: entries are bounded by the summary. */
    static final int MAX_BLOCK = BLOCK * (FrameFormat.MAX_SUMMARY + 64);

    private static final long BLOCK_MAGIC = 0x0A1A_4B42_534E_4148L;
    private static final long TRAILER_MAGIC = 0x0A1A_5254_534E_4148L;
    private static final int LEVEL = 3;
    private static final int ROW_BYTES = 256;

    private final ByteSink out = new ByteSink(64 * 1024);
    private final ByteSink block = new ByteSink(64 * 1024);
    private final BlockWords words = new BlockWords();
    private int blockEntries;
    private long entries;

    /**
     * Where the blocks are.
     *
     * @param wordsAt offset of what is known of their words; 0 when there is nothing
     */
    record Trailer(long firstBlockAt, long entries, long wordsAt) {
        /** Behind the last block, and within the segment even when something was cut out of it. */
        long blocksEnd(long length) {
            return wordsAt == 0 ? length - TRAILER : Math.min(wordsAt, length - TRAILER);
        }
    }

    /** Adds a frame with its words. */
    void add(FrameHead head, long offset, ByteBuffer summary, FrameWords its) {
        if (blockEntries > 0 && !words.fits(its)) {
            endBlock();
        }
        words.add(its);
        add(head.id(), head.sequence(), offset, head.frameLength(), summary);
    }

    /** Adds a row that has no frame any more. */
    void add(CatalogEntry row) {
        var summary = new ByteSink(ROW_BYTES);
        SummaryCodec.write(summary, row.summary());
        add(row.summary().id(), row.sequence(), 0, 0, ByteBuffer.wrap(summary.toArray()));
    }

    private void add(SessionId id, long sequence, long offset, long length, ByteBuffer summary) {
        block.reserve(44);
        ByteBuffer fixed = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        fixed.putLong(id.high()).putLong(id.low()).putLong(sequence);
        fixed.putLong(offset).putLong(length).putInt(summary.remaining());
        block.put(fixed.flip());
        block.put(summary);
        entries++;
        if (++blockEntries == BLOCK) {
            endBlock();
        }
    }

    private void endBlock() {
        byte[] packed = Zstd.compress(block.toArray(), LEVEL);
        ByteBuffer body = ByteBuffer.allocate(BLOCK_HEAD + packed.length).order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(FrameFormat.SKIPPABLE).putInt(body.capacity() - 8).putLong(BLOCK_MAGIC);
        body.putInt(FrameFormat.VERSION).putInt(0).putInt(block.size()).put(packed);
        body.putInt(20, crc(body, 24));
        words.end(new TokenBlock.Rows(blockEntries, out.size(), body.capacity()));
        out.put(body.flip());
        block.clear();
        blockEntries = 0;
    }

    /**
     * @param at offset of the footer in the segment
     */
    byte[] finish(long at) {
        if (blockEntries > 0) {
            endBlock();
        }
        ByteBuffer trailer = ByteBuffer.allocate(TRAILER).order(ByteOrder.LITTLE_ENDIAN);
        trailer.putInt(FrameFormat.SKIPPABLE).putInt(TRAILER - 8).putLong(TRAILER_MAGIC);
        trailer.putInt(FrameFormat.VERSION)
                .putInt(0)
                .putLong(at)
                .putLong(entries)
                .putLong(words.isEmpty() ? 0 : at + out.size());
        trailer.putInt(20, crc(trailer, 24));
        words.writeTo(out);
        out.put(trailer.flip());
        return out.toArray();
    }

    /** What the last {@link #TRAILER} bytes of a segment say; null when it has no footer that can be trusted. */
    static @Nullable Trailer readTrailer(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean whole = bytes.length == TRAILER
                && in.getInt(0) == FrameFormat.SKIPPABLE
                && in.getLong(8) == TRAILER_MAGIC
                && in.getInt(16) == FrameFormat.VERSION
                && in.getInt(20) == crc(in, 24);
        return whole ? new Trailer(in.getLong(24), in.getLong(32), in.getLong(40)) : null;
    }

    /** Length of the block that starts with these {@link #BLOCK_HEAD} bytes; -1 when it is none. */
    static int blockLength(byte[] head) {
        ByteBuffer in = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        boolean block = in.getInt(0) == FrameFormat.SKIPPABLE
                && in.getLong(8) == BLOCK_MAGIC
                && in.getInt(16) == FrameFormat.VERSION
                && in.getInt(4) >= BLOCK_HEAD - 8
                && in.getInt(4) <= MAX_BLOCK;
        return block ? in.getInt(4) + 8 : -1;
    }

    /**
     * @param key of the segment
     * @throws StorageException when the block is damaged
     */
    static List<CatalogEntry> readBlock(byte[] bytes, String key) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = in.getInt(24);
        if (in.getInt(20) != crc(in, 24) || length < 0 || length > MAX_BLOCK) {
            throw new StorageException("segment " + key + " has a damaged footer");
        }
        var packed = new byte[bytes.length - BLOCK_HEAD];
        in.get(BLOCK_HEAD, packed);
        var found = new ArrayList<CatalogEntry>();
        try {
            ByteBuffer entries =
                    ByteBuffer.wrap(Zstd.decompress(packed, length)).order(ByteOrder.LITTLE_ENDIAN);
            while (entries.hasRemaining()) {
                found.add(readEntry(entries, key));
            }
        } catch (ZstdException | BufferUnderflowException | IndexOutOfBoundsException | InvalidValueException e) {
            throw new StorageException("segment " + key + " has a damaged footer", e);
        }
        return found;
    }

    private static CatalogEntry readEntry(ByteBuffer in, String key) {
        var id = new SessionId(in.getLong(), in.getLong());
        long sequence = in.getLong();
        var location = new FrameLocation(key, in.getLong(), in.getLong());
        int length = in.getInt();
        ByteBuffer summary = in.slice(in.position(), length);
        in.position(in.position() + length);
        return new CatalogEntry(sequence, SummaryCodec.read(id, summary), location);
    }

    private static int crc(ByteBuffer bytes, int from) {
        var crc = new CRC32C();
        crc.update(bytes.slice(from, bytes.capacity() - from));
        return (int) crc.getValue();
    }
}
