// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.content;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import dev.hansard.ports.masking.ContentCodings;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class LibraryCodingsTest {
    private static final byte[] TEXT = "{\"pin\":1234}".getBytes(StandardCharsets.UTF_8);

    // Made by Node's zlib, for no encoder is among the libraries: the text, and 200 MiB of zeros in a window of 16 MiB.
    private static final byte[] BROTLI = Base64.getDecoder().decode("iwWAeyJwaW4iOjEyMzR9Aw==");
    private static final byte[] BROTLI_BOMB = Base64.getDecoder()
            .decode("z///fwAkAOKxQHLv//n//w+ABEAcFoDu/T////8BkACIwwLQvf/n//8/ABIAcVgAuvf//P//B0ACIA"
                    + "4LQPf+n////wBIAMRhAeje//P//x8ACYA4LADd+3/+//8DIAEQhwWge//P//9/ACQA4rAAdO//+f//"
                    + "D4AEQBwWgO79P////wGQAIjDAtC9/+f//z8AEgBxWAC69//5//8HQAIgDgtA9/4P");

    private final ContentCodings codings = LibraryCodings.open();

    @Test
    void decodesBrotliAndZstandard() throws IOException {
        assertThat(decoded("br", BROTLI)).isEqualTo(TEXT);
        assertThat(decoded("zstd", Zstd.compress(TEXT))).isEqualTo(TEXT);
    }

    @Test
    void knowsNoOther() throws IOException {
        assertThat(codings.decode("dcb", InputStream.nullInputStream())).isNull();
        assertThat(codings.decode("gzip", InputStream.nullInputStream())).isNull();
    }

    @Test
    void refusesWhatIsCutOff() {
        byte[] zstd = Zstd.compress(TEXT);

        for (int length = 1; length < zstd.length; length++) {
            byte[] part = Arrays.copyOf(zstd, length);
            assertThat(catchThrowable(() -> decoded("zstd", part))).isInstanceOf(EOFException.class);
        }
        for (int length = 0; length < BROTLI.length; length++) {
            byte[] part = Arrays.copyOf(BROTLI, length);
            assertThat(catchThrowable(() -> decoded("br", part))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void failsOnlyByInputOutputException() {
        var random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = (i % 2 == 0 ? BROTLI : Zstd.compress(TEXT)).clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            String coding = i % 2 == 0 ? "br" : "zstd";

            Throwable failure = catchThrowable(() -> decoded(coding, damaged));

            assertThat(failure == null || failure instanceof IOException).isTrue();
        }
    }

    @Test
    void keepsTheFailureOfItsSource() {
        var source = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new ZipException("the source");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new ZipException("the source");
            }
        };

        for (String coding : new String[] {"br", "zstd"}) {
            Throwable failure = catchThrowable(() -> {
                try (InputStream in = requireNonNull(codings.decode(coding, source))) {
                    in.read();
                }
            });
            assertThat(failure).isInstanceOf(IOException.class).hasRootCauseInstanceOf(ZipException.class);
        }
    }

    @Test
    void refusesAWindowOfZstandardThatHttpDoesNotAllow() {
        // Magic number, no single segment, a window of 2^31 bytes.
        byte[] frame = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) (21 << 3), 1, 0, 0};

        assertThat(catchThrowable(() -> decoded("zstd", frame))).isInstanceOf(IOException.class);
    }

    @Test
    void takesNoMoreMemoryForABombThanItsWindow() throws IOException {
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = bean.getCurrentThreadAllocatedBytes();

        try (InputStream in = requireNonNull(codings.decode("br", new ByteArrayInputStream(BROTLI_BOMB)))) {
            assertThat(in.skip(1 << 20)).isEqualTo(1 << 20);
        }

        long allocated = bean.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(ContentCodings.MAX_WINDOW + (2 << 20));
    }

    private byte[] decoded(String coding, byte[] content) throws IOException {
        try (InputStream in = requireNonNull(codings.decode(coding, new ByteArrayInputStream(content)))) {
            return in.readAllBytes();
        }
    }
}
