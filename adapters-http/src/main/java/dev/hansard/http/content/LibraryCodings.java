// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.content;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.hansard.ports.masking.ContentCodings;
import java.io.IOException;
import java.io.InputStream;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/** Brotli in Java, Zstandard by the native library. */
public final class LibraryCodings implements ContentCodings {
    /** Base two logarithm of the largest window that zstd may use in HTTP (RFC 9659 section 3). */
    private static final int ZSTD_WINDOW_LOG = 23;

    private LibraryCodings() {}

    public static ContentCodings open() {
        return new LibraryCodings();
    }

    @Override
    public @Nullable InputStream decode(String coding, InputStream encoded) throws IOException {
        return switch (coding) {
            case "br" -> new LibraryStream(() -> new BrotliInputStream(encoded));
            case "zstd" -> new LibraryStream(() -> new ZstdInputStreamNoFinalizer(encoded).setLongMax(ZSTD_WINDOW_LOG));
            default -> null;
        };
    }
}
