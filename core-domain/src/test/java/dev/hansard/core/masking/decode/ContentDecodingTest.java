// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.hansard.core.masking.rule.TimeLimit;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecodingTest {
    private static final byte[] JSON =
            "{\"pin\":\"1234\",\"name\":\"Ada\"}".repeat(40).getBytes(StandardCharsets.UTF_8);
    private static final byte[] FIRST_MEMBER = Codings.gzip(Arrays.copyOf(JSON, 100));
    private static final byte[] EMPTY_MEMBER = Codings.gzip(new byte[0]);
    private static final List<Integer> MEMBER_ENDS =
            List.of(FIRST_MEMBER.length, FIRST_MEMBER.length + EMPTY_MEMBER.length);
    private static final int MAX_BYTES = 8 << 20;
    private static final ContentDecoding DECODING = new ContentDecoding((_, _) -> null, MAX_BYTES);

    static Stream<Arguments> encoded() {
        return Stream.of(
                Arguments.of("gzip", Codings.gzip(JSON)),
                Arguments.of("X-Gzip", Codings.gzip(JSON)),
                Arguments.of("deflate", Codings.zlib(JSON)),
                Arguments.of("deflate", Codings.rawDeflate(JSON)),
                Arguments.of("identity, gzip", Codings.gzip(JSON)),
                Arguments.of("gzip, gzip", Codings.gzip(Codings.gzip(JSON))),
                Arguments.of("gzip, deflate , gzip", Codings.gzip(Codings.zlib(Codings.gzip(JSON)))),
                Arguments.of(
                        "gzip",
                        Codings.joined(
                                FIRST_MEMBER, EMPTY_MEMBER, Codings.gzip(Arrays.copyOfRange(JSON, 100, JSON.length)))));
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void takesCodingsOff(String coding, byte[] content) throws Unmaskable {
        assertThat(decoded(List.of(coding), content, content.length)).isEqualTo(JSON);
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void doesNotCareHowTheContentIsCut(String coding, byte[] content) throws Unmaskable {
        for (int cut : new int[] {1, 2, 3, 7, 100}) {
            assertThat(decoded(List.of(coding.split(",")), content, cut)).isEqualTo(JSON);
        }
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void saysWhenAContentIsCutOff(String coding, byte[] content) {
        for (int length = 1; length < content.length; length++) {
            byte[] part = Arrays.copyOf(content, length);

            var refused = catchThrowableOfType(Unmaskable.class, () -> decoded(List.of(coding), part, part.length));

            // A content of several members is complete at the end of each.
            if (!MEMBER_ENDS.contains(length)) {
                assertThat(refused).as("at %d", length).isNotNull();
                assertThat(refused.reason()).as("at %d", length).isEqualTo(Reason.INCOMPLETE);
            }
        }
    }

    @Test
    void refusesWhatIsDamaged() {
        byte[] gzip = Codings.gzip(JSON);
        byte[] wrongSum = gzip.clone();
        wrongSum[gzip.length - 8] ^= 1;
        byte[] wrongLength = gzip.clone();
        wrongLength[gzip.length - 1] ^= 1;
        byte[] zlib = Codings.zlib(JSON);
        byte[] wrongAdler = zlib.clone();
        wrongAdler[zlib.length - 1] ^= 1;

        assertThat(reason("gzip", wrongSum)).isEqualTo(Reason.CODING);
        assertThat(reason("gzip", wrongLength)).isEqualTo(Reason.CODING);
        assertThat(reason("deflate", wrongAdler)).isEqualTo(Reason.CODING);
        assertThat(reason("gzip", JSON)).isEqualTo(Reason.CODING);
        assertThat(reason("deflate", JSON)).isEqualTo(Reason.CODING);
    }

    @Test
    void refusesWhatFollowsTheCompressedData() {
        assertThat(reason("gzip", Codings.joined(Codings.gzip(JSON), JSON))).isEqualTo(Reason.CODING);
        assertThat(reason("gzip", Codings.joined(Codings.gzip(JSON), new byte[9])))
                .isEqualTo(Reason.CODING);
        assertThat(reason("deflate", Codings.joined(Codings.zlib(JSON), new byte[1])))
                .isEqualTo(Reason.CODING);
        assertThat(reason("deflate", Codings.joined(Codings.rawDeflate(JSON), new byte[1])))
                .isEqualTo(Reason.CODING);
    }

    @Test
    void readsEveryFieldOfAGzipHeader() throws Unmaskable {
        // Flags for text, header checksum, extra field, name and comment; the checksum is that of the bytes before it.
        byte[] header = HexFormat.of().parseHex("1f8b081f00000000000303004142436e616d65006e6f746500");
        var crc = new CRC32();
        crc.update(header);
        byte[] gzip = Codings.gzip(JSON);
        byte[] rest = Arrays.copyOfRange(gzip, 10, gzip.length);
        byte low = (byte) crc.getValue();
        byte high = (byte) (crc.getValue() >> 8);

        byte[] right = Codings.joined(header, new byte[] {low, high}, rest);
        byte[] wrong = Codings.joined(header, new byte[] {low, (byte) (high ^ 1)}, rest);

        assertThat(decoded(List.of("gzip"), right, right.length)).isEqualTo(JSON);
        assertThat(reason("gzip", wrong)).isEqualTo(Reason.CODING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "aws-chunked", "gzip,gzip,gzip,gzip", "gzip;q=1", "*"})
    void refusesCodingsThatItDoesNotKnowOrThatAreTooMany(String coding) {
        assertThat(reason(coding, Codings.gzip(JSON))).isEqualTo(Reason.CODING);
    }

    @Test
    void givesAContentWithoutCodingAsItIs() throws Unmaskable {
        List<ByteBuffer> content = List.of(ByteBuffer.wrap(JSON));

        assertThat(DECODING.decode(List.of(), content, TimeLimit.none())).isSameAs(content);
        assertThat(DECODING.decode(List.of("identity", ""), content, TimeLimit.none()))
                .isSameAs(content);
        assertThat(DECODING.decode(List.of("gzip"), List.of(ByteBuffer.allocate(0)), TimeLimit.none()))
                .containsExactly(ByteBuffer.allocate(0));
    }

    @Test
    void refusesWhatIsLongerThanWhatIsInspected() {
        byte[] noise = new byte[MAX_BYTES + 1];
        new Random(1).nextBytes(noise);

        assertThat(reason("identity", noise)).isEqualTo(Reason.SIZE);
        assertThat(reason("gzip", Codings.gzip(noise))).isEqualTo(Reason.SIZE);
    }

    @Test
    void letsLittleContentGrowMoreThanTheRatio() throws Unmaskable {
        byte[] regular = new byte[ContentDecoding.FREE_OF_RATIO];
        byte[] gzip = Codings.gzip(regular);

        assertThat(regular.length / gzip.length).isGreaterThan(ContentDecoding.MAX_RATIO);
        assertThat(decoded(List.of("gzip"), gzip, gzip.length)).isEqualTo(regular);
        assertThat(reason("gzip", Codings.gzip(new byte[regular.length + 1]))).isEqualTo(Reason.RATIO);
    }

    @Test
    void stopsABombEarlyAndWithLittleMemory() throws IOException {
        byte[] bomb = bomb();
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        reason("gzip, gzip", bomb);

        long before = bean.getCurrentThreadAllocatedBytes();
        Reason reason = reason("gzip, gzip", bomb);
        long allocated = bean.getCurrentThreadAllocatedBytes() - before;

        assertThat(bomb.length).isLessThan(12 << 10);
        assertThat(reason).isEqualTo(Reason.RATIO);
        assertThat(allocated).isLessThan(16 << 20);
    }

    /** More than 4 GiB of zeros, compressed twice to about 10 KiB. */
    private static byte[] bomb() throws IOException {
        var inner = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(inner, 1 << 16)) {
            out.write(new byte[64 << 20]);
        }
        var outer = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(outer)) {
            for (int i = 0; i < 80; i++) {
                out.write(inner.toByteArray());
            }
        }
        return outer.toByteArray();
    }

    @Test
    void stopsABombInTheMiddle() {
        // What comes out at the end is empty; what is in between is not.
        var members = new ByteArrayOutputStream();
        for (int i = 0; i < 1_000_000; i++) {
            members.writeBytes(EMPTY_MEMBER);
        }

        assertThat(reason("gzip, gzip", Codings.gzip(members.toByteArray()))).isEqualTo(Reason.RATIO);
    }

    @Test
    void stopsWhenTimeIsUp() {
        var clock = new AtomicLong();
        var slow = TimeLimit.from(() -> clock.getAndAdd(TimeLimit.MAX_NANOS));

        var refused = catchThrowableOfType(
                Unmaskable.class,
                () -> DECODING.decode(List.of("gzip"), List.of(ByteBuffer.wrap(Codings.gzip(JSON))), slow));

        assertThat(refused.reason()).isEqualTo(Reason.TIMEOUT);
    }

    private static Reason reason(String coding, byte[] content) {
        return catchThrowableOfType(Unmaskable.class, () -> decoded(List.of(coding), content, content.length))
                .reason();
    }

    private static byte[] decoded(List<String> codings, byte[] content, int cut) throws Unmaskable {
        var parts = new ArrayList<ByteBuffer>();
        for (int at = 0; at < content.length; at += cut) {
            parts.add(ByteBuffer.wrap(content, at, Math.min(cut, content.length - at)));
        }
        List<ByteBuffer> decoded = DECODING.decode(codings, parts, TimeLimit.none());
        assertThat(parts).allMatch(ByteBuffer::hasRemaining);
        var out = new ByteArrayOutputStream();
        for (ByteBuffer part : decoded) {
            out.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
        }
        return out.toByteArray();
    }
}
