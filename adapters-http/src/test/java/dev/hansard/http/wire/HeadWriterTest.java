// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.HeadPlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadWriterTest {
    private static final String RECEIVED =
            "x-B:  1\t\r\nHost: a.test\r\nCookie: s\u00e9cret\r\nContent-Length: 0\r\nEmpty:\r\nX-b: 2";

    private final HeadWriter writer = new HeadWriter();

    private String printed() {
        return new String(writer.bytes(), 0, writer.length(), ISO_8859_1);
    }

    private static Fields received() {
        var parser = new RequestParser(WireLimits.DEFAULT);
        byte[] raw = Raw.bare(RECEIVED).getBytes(ISO_8859_1);
        assertThat(parser.parse(raw, 0, raw.length)).isEqualTo(Step.DONE);
        return parser.head().fields();
    }

    /** Drops what is named, and adds the rest. */
    private record Plan(int dropped, List<Field> adds) implements HeadPlan {
        @Override
        public boolean keeps(int index) {
            return index != dropped;
        }

        @Override
        public void added(FieldSink sink) {
            adds.forEach(field -> sink.field(field.name(), field.value()));
        }
    }

    @Test
    void printsAHead() {
        writer.requestLine("POST", "/a?b");
        writer.field("Host", "a.test");
        writer.length(12);
        writer.end();

        assertThat(printed()).isEqualTo("POST /a?b HTTP/1.1\r\nHost: a.test\r\nContent-Length: 12\r\n\r\n");
    }

    @Test
    void keepsTheOrderCaseAndBytesOfReceivedFields() {
        var plan = new Plan(1, List.of(new Field("Host", "b.test"), new Field("Via", "1.1 hansard")));

        writer.fields(received(), plan);

        assertThat(printed())
                .isEqualTo(
                        "x-B: 1\r\nCookie: s\u00e9cret\r\nEmpty: \r\nX-b: 2\r\nHost: b.test\r\nVia: 1.1 hansard\r\n");
    }

    @Test
    void printsFieldsThatAreNoViewOfTheCodecTheSame() {
        var plan = new Plan(1, List.of());
        Fields view = received();
        writer.fields(view, plan);
        String fromView = printed();

        writer.clear();
        writer.fields(new Printer.ListedFields(view.toList()), plan);

        assertThat(printed()).isEqualTo(fromView);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\r\nX: 1", "\0", "\u001b", "\u007f", "\u0100", "\u010d\u010a"})
    void refusesAValueThatCouldEndTheLine(String value) {
        var plan = new Plan(-1, List.of(new Field("X-User", value)));

        assertThatIllegalStateException()
                .isThrownBy(() -> writer.fields(received(), plan))
                .withMessageStartingWith("field value must not hold U+")
                .withMessageNotContaining(value);
        assertThatIllegalStateException().isThrownBy(() -> writer.statusLine(200, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Y", "X:", "X\r\n", "X\u00e9", "Content-Length", "transfer-encoding"})
    void refusesANameThatIsNoTokenOrFrames(String name) {
        assertThatIllegalStateException().isThrownBy(() -> writer.field(name, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a b", "/a\tb", "/a\r\nX: 1", "/\u007f", "/\u0100"})
    void refusesATargetThatCouldEndItsPart(String target) {
        assertThatIllegalStateException().isThrownBy(() -> writer.requestLine("GET", target));
    }

    @ParameterizedTest
    @ValueSource(ints = {99, -1, 1_000})
    void refusesAStatusWithoutThreeDigits(int status) {
        assertThatIllegalStateException().isThrownBy(() -> writer.statusLine(status, "Odd"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 15, 16, 255, 256, 4_095, 4_096, 65_536, 305_419_896, Integer.MAX_VALUE})
    void printsChunkSizesInHexadecimal(int size) {
        writer.chunkHead(size);

        assertThat(printed()).isEqualTo(Integer.toHexString(size) + "\r\n");
    }

    @Test
    void refusesAChunkThatWouldEndTheContent() {
        assertThatIllegalStateException().isThrownBy(() -> writer.chunkHead(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, 4_294_967_296L, Long.MAX_VALUE})
    void printsLengthsInDecimal(long length) {
        writer.length(length);

        assertThat(printed()).isEqualTo("Content-Length: " + length + "\r\n");
    }

    @Test
    void endsChunkedContentWithTrailersButNotThoseThatFrame() {
        var trailers = new Printer.ListedFields(List.of(new Field("Digest", "a"), new Field("Content-Length", "5")));

        writer.lastChunk(trailers);

        assertThat(printed()).isEqualTo("0\r\nDigest: a\r\n\r\n");
    }

    @Test
    void endsChunkedContentWithoutTrailers() {
        writer.lastChunk(null);

        assertThat(printed()).isEqualTo("0\r\n\r\n");
    }

    @Test
    void letsGoOfALargeBufferOnceCleared() {
        var large = new byte[100_000];
        writer.content(large, 0, large.length);
        assertThat(writer.length()).isEqualTo(large.length);

        writer.clear();

        assertThat(writer.length()).isZero();
        assertThat(writer.bytes()).hasSizeLessThan(large.length);
    }
}
