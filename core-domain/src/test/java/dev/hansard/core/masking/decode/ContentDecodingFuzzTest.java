// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hansard.core.masking.rule.TimeLimit;
import dev.hansard.core.masking.rule.Unmaskable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, decoding ends within its limits, and what comes out is UTF-8. */
class ContentDecodingFuzzTest {
    private static final int MAX_BYTES = 8 << 20;
    private static final List<String> LABELS = List.of("utf-8", "iso-8859-1", "utf-16", "utf-32le", "windows-1252");

    static byte[][] contents() {
        byte[] json = "\u0001{\"a\":[1,2,3]}".repeat(9).getBytes(StandardCharsets.UTF_8);
        return new byte[][] {
            Codings.joined(new byte[] {0}, Codings.gzip(json)),
            Codings.joined(new byte[] {1}, Codings.zlib(json)),
            Codings.joined(new byte[] {1}, Codings.rawDeflate(json)),
            Codings.joined(new byte[] {2}, Codings.gzip(Codings.gzip(json))),
            Codings.joined(new byte[] {3}, "{\"\u00e4\":1}".getBytes(StandardCharsets.UTF_16)),
        };
    }

    @MethodSource("contents")
    @FuzzTest(maxDuration = "10s")
    void decodesAnything(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        var decoding = new ContentDecoding((_, _) -> null, MAX_BYTES);
        var content = List.of(ByteBuffer.wrap(bytes, 1, bytes.length - 1));
        String label = LABELS.get((bytes[0] >> 2 & 0x1F) % LABELS.size());
        try {
            List<ByteBuffer> decoded = decoding.decode(
                    switch (bytes[0] & 3) {
                        case 0 -> List.of("gzip");
                        case 1 -> List.of("deflate");
                        case 2 -> List.of("gzip", "gzip");
                        default -> List.of();
                    },
                    content,
                    TimeLimit.none());
            assertThat(decoded.getFirst().remaining()).isLessThanOrEqualTo(MAX_BYTES);
            ByteBuffer utf8 = Charsets.toUtf8(decoded.getFirst(), label).utf8();
            int from = utf8.arrayOffset() + utf8.position();
            assertThat(Unicode.isUtf8(utf8.array(), from, from + utf8.remaining()))
                    .isTrue();
        } catch (Unmaskable _) {
            // As it should be.
        }
    }
}
