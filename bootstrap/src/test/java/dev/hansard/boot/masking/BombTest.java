// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import com.sun.management.ThreadMXBean;
import dev.hansard.boot.masking.Pipeline.Recorded;
import dev.hansard.ports.masking.ContentCodings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A few bytes that would become very many: nothing of them is kept, and they cost neither memory nor time. */
class BombTest {
    private static final String JSON = "application/json";
    private static final long MAX_ALLOCATED = 16 << 20;
    // Its decoder takes the whole window at once.
    private static final long MAX_ALLOCATED_BY_BROTLI = ContentCodings.MAX_WINDOW + (1 << 20);
    private static final Duration MAX_TIME = Duration.ofSeconds(1);
    private static final int MEBIBYTE = 1 << 20;

    // Made by Node's zlib, for no encoder is among the libraries: 200 MiB of zeros in a window of 16 MiB.
    private static final byte[] BROTLI = Base64.getDecoder()
            .decode("z///fwAkAOKxQHLv//n//w+ABEAcFoDu/T////8BkACIwwLQvf/n//8/ABIAcVgAuvf//P//B0ACIA"
                    + "4LQPf+n////wBIAMRhAeje//P//x8ACYA4LADd+3/+//8DIAEQhwWge//P//9/ACQA4rAAdO//+f//"
                    + "D4AEQBwWgO79P////wGQAIjDAtC9/+f//z8AEgBxWAC69//5//8HQAIgDgtA9/4P");

    private static final Pipeline PIPELINE = Pipeline.ofBuiltInRules();

    static Stream<Arguments> bombs() throws IOException {
        byte[] zeros = gzip(64);
        byte[] tenGibibytes = repeated(zeros, 160);
        byte[] twice = Codings.encoded("gzip", tenGibibytes);
        return Stream.of(
                Arguments.of("10 MiB in 10 KiB", "gzip", gzip(10), "ratio"),
                Arguments.of("10 GiB in 10 KiB", "gzip, zstd", Codings.encoded("zstd", tenGibibytes), "ratio"),
                Arguments.of("10 GiB, gzip on gzip", "gzip, gzip", twice, "ratio"),
                Arguments.of("10 GiB in 1 KiB", "gzip, gzip, gzip", Codings.encoded("gzip", twice), "ratio"),
                Arguments.of("10 GiB in many members", "gzip", tenGibibytes, "size"),
                Arguments.of("1 GiB of Zstandard", "zstd", zstd(1024), "ratio"),
                Arguments.of("200 MiB of Brotli", "br", BROTLI, "ratio"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void keepsNothingAndTakesLittle(String name, String coding, byte[] bomb, String reason) {
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PIPELINE.mask(JSON, coding, bomb);

        // Masked as request and as response.
        long before = bean.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        Recorded recorded = PIPELINE.mask(JSON, coding, bomb);
        Duration taken = Duration.ofNanos(System.nanoTime() - start).dividedBy(2);
        long allocated = (bean.getCurrentThreadAllocatedBytes() - before) / 2;

        assertThat(recorded.told()).as(name).isEqualTo("withheld: " + reason);
        assertThat(allocated).isLessThan(coding.equals("br") ? MAX_ALLOCATED_BY_BROTLI : MAX_ALLOCATED);
        assertThat(taken).isLessThan(MAX_TIME);
    }

    private static byte[] gzip(int mebibytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes, MEBIBYTE)) {
            zeros(mebibytes, out);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(int mebibytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(bytes, 1)) {
            zeros(mebibytes, out);
        }
        return bytes.toByteArray();
    }

    private static void zeros(int mebibytes, OutputStream out) throws IOException {
        var zeros = new byte[MEBIBYTE];
        for (int i = 0; i < mebibytes; i++) {
            out.write(zeros);
        }
    }

    private static byte[] repeated(byte[] bytes, int times) {
        var out = new ByteArrayOutputStream(bytes.length * times);
        for (int i = 0; i < times; i++) {
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }
}
