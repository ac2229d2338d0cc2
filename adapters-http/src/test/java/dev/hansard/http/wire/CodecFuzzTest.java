// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jazzer's targets. In the normal run they try the empty input and the seeds, which are the batteries; with
 * {@code JAZZER_FUZZ=1} and one of them chosen, it searches for as long as it says.
 */
final class CodecFuzzTest {
    private static final int CHUNKED_BIT = 1;
    private static final int SEED_BYTES = 400;

    private final Oracle oracle = new Oracle();

    static Stream<byte[]> requests() {
        return RequestCases.all().stream().map(RequestCase::bytes).filter(CodecFuzzTest::isShort);
    }

    static Stream<byte[]> responses() {
        return ResponseCases.all().stream().map(ResponseCase::bytes).filter(CodecFuzzTest::isShort);
    }

    private static boolean isShort(byte[] raw) {
        return raw.length <= SEED_BYTES;
    }

    @MethodSource("requests")
    @FuzzTest(maxDuration = "60s")
    void readsAnyRequest(byte[] raw) {
        oracle.holdsForRequest(raw, raw.length / 2);
    }

    @MethodSource("responses")
    @FuzzTest(maxDuration = "60s")
    void readsAnyResponse(byte[] raw) {
        oracle.holdsForResponse(raw, "GET", raw.length / 2);
        oracle.holdsForResponse(raw, "HEAD", raw.length / 3);
    }

    @FuzzTest(maxDuration = "60s")
    void decodesAnyBody(FuzzedDataProvider data) throws IOException {
        BodyFraming framing = (data.consumeByte() & CHUNKED_BIT) == 0 ? BodyFraming.LENGTH : BodyFraming.CHUNKED;
        int length = data.consumeInt(0, 1_000);
        int cut = data.consumeInt(0, 1_000);
        byte[] raw = data.consumeRemainingAsBytes();

        Body whole = Body.of(framing, length, raw, raw.length);

        assertThat(Body.of(framing, length, raw, Math.min(cut, raw.length))).isEqualTo(whole);
    }

    /** All that the decoder told of one body. */
    private record Body(Step step, String fault, String content, int consumed) {
        static Body of(BodyFraming framing, int length, byte[] raw, int cut) throws IOException {
            var decoder = new BodyDecoder(WireLimits.DEFAULT);
            var content = new ByteArrayOutputStream();
            decoder.begin(framing, length);
            Step step = decoder.decode(raw, 0, cut, content::write);
            int consumed = decoder.consumed();
            if (step == Step.NEED_MORE) {
                step = decoder.decode(raw, cut, raw.length, content::write);
                consumed += decoder.consumed();
            }
            String fault = step == Step.FAULT ? decoder.fault().code() : "";
            String text = content.toString(ISO_8859_1);
            return new Body(step, fault, text, step == Step.FAULT ? 0 : consumed);
        }
    }
}
