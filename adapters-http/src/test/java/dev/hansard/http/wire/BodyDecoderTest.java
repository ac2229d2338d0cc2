// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hansard.ports.exchange.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BodyDecoderTest {
    private final BodyDecoder decoder = new BodyDecoder(WireLimits.DEFAULT);
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    private Step decode(String raw) throws IOException {
        byte[] bytes = raw.getBytes(ISO_8859_1);
        return decoder.decode(bytes, 0, bytes.length, content::write);
    }

    @Test
    void knowsWithoutBytesThatALengthOfZeroIsComplete() throws IOException {
        decoder.begin(BodyFraming.LENGTH, 0);

        assertThat(decode("")).isEqualTo(Step.DONE);
        assertThat(decoder.consumed()).isZero();
    }

    @Test
    void leavesWhatFollowsAMessageWithoutContent() throws IOException {
        decoder.begin(BodyFraming.NONE, -1);

        assertThat(decode("GET")).isEqualTo(Step.DONE);
        assertThat(decoder.consumed()).isZero();
        assertThat(content.size()).isZero();
    }

    @Test
    void leavesWhatFollowsTheEnd() throws IOException {
        decoder.begin(BodyFraming.CHUNKED, -1);

        assertThat(decode("2\r\nab\r\n0\r\nX: 1\r\n\r\nGET")).isEqualTo(Step.DONE);
        assertThat(decoder.consumed()).isEqualTo("2\r\nab\r\n0\r\nX: 1\r\n\r\n".length());
        assertThat(decode("GET")).isEqualTo(Step.DONE);
        assertThat(decoder.consumed()).isZero();
    }

    @Test
    void handsOnSlicesOfTheSameBuffer() throws IOException {
        byte[] buffer = "xx3\r\nabc\r\n1\r\nd\r\nxx".getBytes(ISO_8859_1);
        var slices = new ArrayList<String>();
        decoder.begin(BodyFraming.CHUNKED, -1);

        decoder.decode(buffer, 2, buffer.length - 2, (bytes, offset, length) -> {
            assertThat(bytes).isSameAs(buffer);
            slices.add(offset + "+" + length);
        });

        assertThat(slices).containsExactly("5+3", "13+1");
    }

    @Test
    void handsOnAChunkAsItComes() throws IOException {
        decoder.begin(BodyFraming.CHUNKED, -1);

        decode("fffffff\r\nfirst");
        assertThat(content.toString(ISO_8859_1)).isEqualTo("first");

        decode(" second");
        assertThat(content.toString(ISO_8859_1)).isEqualTo("first second");
    }

    @Test
    void showsTrailersAndForgetsThemWithTheNextMessage() throws IOException {
        decoder.begin(BodyFraming.CHUNKED, -1);
        decode("0\r\nX-A:  1\r\n");
        decode("x-a: \u00e9\r\n\r\n");
        assertThat(decoder.trailers().toList()).containsExactly(new Field("X-A", "1"), new Field("x-a", "\u00e9"));

        decoder.begin(BodyFraming.CHUNKED, -1);

        assertThat(decoder.trailers().toList()).isEqualTo(List.of());
    }

    @ParameterizedTest
    @EnumSource(
            value = BodyFraming.class,
            names = {"LENGTH", "CHUNKED"})
    void callsAnEarlyEndOfTheStreamTruncation(BodyFraming framing) {
        decoder.begin(framing, 5);

        assertThat(decoder.endOfStream()).isEqualTo(Step.FAULT);
        assertThat(decoder.fault()).isEqualTo(WireFaults.CONTENT_TRUNCATED);
    }

    @Test
    void takesTheEndOfTheStreamForTheEndWhereItIs() throws IOException {
        decoder.begin(BodyFraming.UNTIL_CLOSE, -1);
        assertThat(decode("a")).isEqualTo(Step.NEED_MORE);

        assertThat(decoder.endOfStream()).isEqualTo(Step.DONE);
        assertThat(decode("b")).isEqualTo(Step.DONE);
        assertThat(content.toString(ISO_8859_1)).isEqualTo("a");
    }

    @Test
    void staysBrokenUntilItBeginsAgain() throws IOException {
        decoder.begin(BodyFraming.CHUNKED, -1);
        assertThat(decode("x")).isEqualTo(Step.FAULT);
        assertThat(decode("0\r\n\r\n")).isEqualTo(Step.FAULT);
        assertThat(decoder.endOfStream()).isEqualTo(Step.FAULT);
        assertThat(decoder.fault()).isEqualTo(WireFaults.CHUNK_SIZE_INVALID);

        decoder.begin(BodyFraming.CHUNKED, -1);

        assertThat(decode("0\r\n\r\n")).isEqualTo(Step.DONE);
        assertThatIllegalStateException().isThrownBy(decoder::fault);
    }

    @Test
    void letsAnExceptionOfTheSinkThrough() {
        decoder.begin(BodyFraming.LENGTH, 1);

        assertThatIOException()
                .isThrownBy(() -> decoder.decode(new byte[1], 0, 1, (_, _, _) -> {
                    throw new IOException("full");
                }))
                .withMessage("full");
    }

    @Test
    void canBeToldToTakeNoExtension() throws IOException {
        var strict = new BodyDecoder(new WireLimits(64, 32, 200, 4, 0, 16));
        byte[] bytes = "1;a\r\n".getBytes(ISO_8859_1);
        strict.begin(BodyFraming.CHUNKED, -1);

        assertThat(strict.decode(bytes, 0, bytes.length, content::write)).isEqualTo(Step.FAULT);
        assertThat(strict.fault()).isEqualTo(WireFaults.CHUNK_EXTENSION_INVALID);
    }
}
