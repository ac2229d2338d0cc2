// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses whole records, one after another, with one native context: making one costs more than decompressing two
 * KiB. Belongs to one thread at a time; the context lives until {@link #close}.
 */
final class RecordDecompressor implements AutoCloseable {
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();

    /**
     * Decompresses a record.
     *
     * @param most bytes that it may have
     * @return null when it has more
     */
    byte @Nullable [] decompress(byte[] record, int most) throws IOException {
        long length = Zstd.getFrameContentSize(record);
        if (length < 0) {
            throw new IOException("record does not say how long it is");
        }
        if (length > most) {
            return null;
        }
        try {
            byte[] found = context.decompress(record, (int) length);
            if (found.length != length) {
                throw new IOException("record is shorter than it says");
            }
            return found;
        } catch (ZstdException e) {
            throw new IOException("record does not decompress", e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
