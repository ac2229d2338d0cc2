// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Compresses records, each into one zstd frame with its content size and checksum. A small record is gathered and
 * compressed at once; a large one streams through a buffer, so that it is never in memory as a whole a second time.
 * Belongs to one thread at a time; the native context lives until {@link #close}.
 */
final class RecordCompressor implements AutoCloseable {
    /** Records are small, and level 1 takes several times the CPU for an eighth less of bytes: ADR 13. */
    private static final int LEVEL = -1;

    private static final int GATHERED = 128 * 1024;
    private static final int STEP = 128 * 1024;

    /** Content size of four bytes, a single segment, no checksum, no dictionary (RFC 8878 section 3.1.1.1.1). */
    private static final int STORED = 0xA0;

    private static final int ZSTD_MAGIC = 0xFD2FB528;
    /** Longest block (RFC 8878 section 3.1.1.2.4). */
    private static final int MAX_BLOCK = 128 * 1024;

    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final CRC32C crc = new CRC32C();

    RecordCompressor() {
        context.setLevel(LEVEL);
        context.setChecksum(true);
        context.setContentSize(true);
    }

    /**
     * Appends a record to {@code out}.
     *
     * @param head what comes before the body; the body is appended to it when small
     * @param tail what comes behind
     */
    FrameHead.Part compress(ByteSink head, List<ByteBuffer> body, ByteSink tail, ByteSink out) {
        long total = (long) head.size() + length(body) + tail.size();
        int start = out.size();
        if (total <= GATHERED) {
            body.forEach(head::put);
            head.put(tail.array(), 0, tail.size());
            int bound = (int) Zstd.compressBound(head.size());
            out.reserve(bound);
            out.skip(context.compressByteArray(out.array(), out.size(), bound, head.array(), 0, head.size()));
        } else {
            stream(total, head, body, tail, out);
        }
        return part(out, start);
    }

    /** As {@link #compress}, but as it is, in one raw block: for what is not kept for long, and must be quick. */
    FrameHead.Part store(ByteSink head, ByteSink tail, ByteSink out) {
        int length = head.size() + tail.size();
        if (length > MAX_BLOCK) {
            return compress(head, List.of(), tail, out);
        }
        int start = out.size();
        out.reserve(12 + length);
        littleEndian(out, ZSTD_MAGIC, 4);
        out.put(STORED);
        littleEndian(out, length, 4);
        littleEndian(out, length << 3 | 1, 3);
        out.put(head.array(), 0, head.size());
        out.put(tail.array(), 0, tail.size());
        return part(out, start);
    }

    private static void littleEndian(ByteSink out, int number, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.put(number >>> (8 * i));
        }
    }

    private FrameHead.Part part(ByteSink out, int start) {
        crc.reset();
        crc.update(out.array(), start, out.size() - start);
        return new FrameHead.Part(out.size() - start, (int) crc.getValue());
    }

    private void stream(long total, ByteSink head, List<ByteBuffer> body, ByteSink tail, ByteSink out) {
        context.reset();
        context.setLevel(LEVEL);
        context.setChecksum(true);
        context.setContentSize(true);
        context.setPledgedSrcSize(total);
        feed(head.view(), out, EndDirective.CONTINUE);
        for (ByteBuffer part : body) {
            feed(part.duplicate(), out, EndDirective.CONTINUE);
        }
        feed(tail.view(), out, EndDirective.END);
        context.reset();
        context.setLevel(LEVEL);
        context.setChecksum(true);
        context.setContentSize(true);
    }

    private void feed(ByteBuffer from, ByteSink out, EndDirective directive) {
        boolean done = false;
        // With CONTINUE the context says done once its own buffer is flushed, which it need not be.
        while (!done) {
            out.reserve(STEP);
            var to = ByteBuffer.wrap(out.array(), out.size(), out.array().length - out.size());
            int before = to.position();
            boolean flushed = from.isDirect()
                    ? compressDirect(to, from, directive)
                    : context.compressByteBufferStream(to, from, directive);
            out.skip(to.position() - before);
            done = directive == EndDirective.END ? flushed : !from.hasRemaining();
        }
    }

    private boolean compressDirect(ByteBuffer to, ByteBuffer from, EndDirective directive) {
        var copy = new byte[Math.min(from.remaining(), STEP)];
        from.get(copy);
        var heap = ByteBuffer.wrap(copy);
        boolean flushed = context.compressByteBufferStream(to, heap, directive);
        from.position(from.position() - heap.remaining());
        return flushed;
    }

    static long length(List<ByteBuffer> body) {
        long length = 0;
        for (ByteBuffer part : body) {
            length += part.remaining();
        }
        return length;
    }

    @Override
    public void close() {
        context.close();
    }
}
