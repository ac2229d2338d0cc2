// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.spool.FrameScanner.Found;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalog's rows back from segments: from the footer, or, where that is damaged or missing, from the heads
 * of the frames themselves. No record is decompressed.
 */
final class SegmentReader {
    private final PayloadStore payloads;

    SegmentReader(PayloadStore payloads) {
        this.payloads = payloads;
    }

    /** The rows of a segment, in order. */
    List<CatalogEntry> read(String key) throws IOException {
        long length = payloads.length(key).orElseThrow(() -> new StorageException("segment " + key + " has gone"));
        // Asked twice: a store can give other bytes once, and whoever removes a segment must not overlook a record.
        List<CatalogEntry> found = footer(key, length);
        found = found == null ? footer(key, length) : found;
        return found == null ? scan(key, length) : found;
    }

    /** All rows of the footer; null when it does not have all. */
    private @Nullable List<CatalogEntry> footer(String key, long length) throws IOException {
        SegmentFooter.Trailer trailer = trailer(key, length);
        List<CatalogEntry> found = trailer == null ? List.of() : rows(key, trailer, length);
        return trailer != null && found.size() == trailer.entries() ? found : null;
    }

    /** How many rows a segment's footer promises; -1 when it has none that can be trusted. */
    long count(String key, long length) throws IOException {
        SegmentFooter.Trailer trailer = trailer(key, length);
        return trailer == null ? -1 : trailer.entries();
    }

    /** The end of a segment; null when it has none that can be trusted. */
    SegmentFooter.@Nullable Trailer trailer(String key, long length) throws IOException {
        return length < SegmentFooter.TRAILER
                ? null
                : SegmentFooter.readTrailer(bytes(key, length - SegmentFooter.TRAILER, SegmentFooter.TRAILER));
    }

    /** The rows of a footer, up to the first damaged block: fewer than its trailer promises when there is one. */
    List<CatalogEntry> rows(String key, SegmentFooter.Trailer trailer, long length) throws IOException {
        var found = new ArrayList<CatalogEntry>();
        long end = trailer.blocksEnd(length);
        long at = trailer.firstBlockAt();
        while (at >= 0 && at + SegmentFooter.BLOCK_HEAD <= end) {
            int blockLength = SegmentFooter.blockLength(bytes(key, at, SegmentFooter.BLOCK_HEAD));
            if (blockLength < 0 || at + blockLength > end) {
                break;
            }
            try {
                found.addAll(SegmentFooter.readBlock(bytes(key, at, blockLength), key));
            } catch (StorageException _) {
                break;
            }
            at += blockLength;
        }
        return found;
    }

    private List<CatalogEntry> scan(String key, long length) throws IOException {
        var found = new ArrayList<CatalogEntry>();
        FrameScanner scanner = scanner(key, length);
        for (Found frame = scanner.next(); frame != null; frame = scanner.next()) {
            if (frame.head().kind().isRecord()) {
                found.add(entry(key, frame, scanner.summary(frame)));
            }
        }
        return found;
    }

    /** A walk over the frames of a segment, whatever its footer says. */
    FrameScanner scanner(String key, long length) {
        return new FrameScanner(new Stored(key, length), 0, length, null, false);
    }

    /** The same of a part, with each checksum tested. */
    FrameScanner scanner(String key, long from, long to) {
        return new FrameScanner(new Stored(key, to), from, to, null, true);
    }

    /** A segment to be read forwards, in large steps. */
    FileWindow window(String key) {
        long length = payloads.length(key).orElseThrow(() -> new StorageException("segment " + key + " has gone"));
        return new FileWindow(new Stored(key, length));
    }

    static CatalogEntry entry(String key, Found frame, SessionSummary summary) {
        var location = new FrameLocation(key, frame.offset(), frame.head().frameLength());
        return new CatalogEntry(frame.head().sequence(), summary, location);
    }

    byte[] bytes(String key, long offset, int length) throws IOException {
        try (InputStream in = payloads.read(key, offset, length)) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length != length) {
                throw new IOException("segment " + key + " is cut short");
            }
            return bytes;
        }
    }

    /** A segment as a file that is only read. */
    private final class Stored implements Disk.File {
        private final String key;
        private final long length;

        Stored(String key, long length) {
            this.key = key;
            this.length = length;
        }

        @Override
        public int read(ByteBuffer into, long at) throws IOException {
            int count = (int) Math.min(into.remaining(), length - at);
            if (count <= 0) {
                return -1;
            }
            into.put(bytes(key, at, count));
            return count;
        }

        @Override
        public void write(ByteBuffer from, long at) {
            throw new UnsupportedOperationException("a segment never changes");
        }

        @Override
        public void allocate(long to) {
            throw new UnsupportedOperationException("a segment never changes");
        }

        @Override
        public void sync() {
            throw new UnsupportedOperationException("a segment never changes");
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public void close() {
            // Each read opens and closes its own range.
        }
    }
}
