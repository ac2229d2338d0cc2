// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ContentCodingTest {
    private static final long LIMIT = 1 << 16;

    @Property(tries = 200)
    void measuresWhatItDecodes(@ForAll byte[] text) throws IOException {
        byte[] coded = gzip(text);
        ContentCoding coding = ContentCoding.of(List.of("gzip"));

        long length = coding.measure(new ByteArrayInputStream(coded), coded.length, false, LIMIT);

        assertThat(length).isEqualTo(text.length);
        try (InputStream decoded = coding.decode(new ByteArrayInputStream(coded))) {
            assertThat(decoded.readAllBytes()).isEqualTo(text);
        }
    }

    @Property(tries = 200)
    void givesTheSameBeginningTwiceWhereverARecordIsCut(
            @ForAll byte[] text, @ForAll @IntRange(min = 1, max = 200) int cut) throws IOException {
        byte[] coded = gzip(text);
        byte[] kept = java.util.Arrays.copyOf(coded, Math.min(coded.length, cut));
        ContentCoding coding = ContentCoding.of(List.of("gzip"));

        long length = coding.measure(new ByteArrayInputStream(kept), kept.length, true, LIMIT);

        assertThat(length).isLessThanOrEqualTo(text.length);
        if (length > 0) {
            try (InputStream decoded = coding.decode(new ByteArrayInputStream(kept))) {
                assertThat(decoded.readNBytes((int) length)).isEqualTo(java.util.Arrays.copyOf(text, (int) length));
            }
        }
    }

    /** Whatever was recorded, decoding ends with a length within the limit or a refusal. */
    @FuzzTest(maxDuration = "5s")
    void takesAnyContent(FuzzedDataProvider data) throws IOException {
        List<String> names = List.of(data.pickValue(List.of("gzip", "deflate", "gzip,deflate", "deflate, deflate")));
        boolean isTruncated = data.consumeBoolean();
        byte[] content = data.consumeRemainingAsBytes();
        try (var kept = new ByteArrayInputStream(content)) {
            assertThat(ContentCoding.of(names).measure(kept, content.length, isTruncated, LIMIT))
                    .isBetween(0L, LIMIT);
        } catch (RefusedException e) {
            assertThat(e.refusal().status()).isEqualTo(422);
        }
    }

    private static byte[] gzip(byte[] text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text);
        }
        return out.toByteArray();
    }
}
