// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.decode.ContentDecoding;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ReflectionGuardTest {
    private static final String BEFORE = "{\"you\":\"sent ";
    private static final String AFTER = " as your key\",\"and\":\"more\"}";

    static Stream<String> spellings() {
        return Reflections.spellings().keySet().stream();
    }

    private static ReflectionGuard decoding() {
        return ReflectionGuard.decoding(
                Reflections.VALUES, encoded -> ContentDecoding.open((_, _) -> null, List.of("gzip"), encoded), false);
    }

    /** What comes through of a content that comes in as these pieces. */
    private static byte[] through(ReflectionGuard guard, byte[]... pieces) {
        var out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            guard.content(piece.clone(), 0, piece.length, out::write);
        }
        guard.end(Reflections.NO_TRAILERS, out::write);
        guard.close();
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String code(ReflectionGuard guard) {
        Refusal refusal = guard.refusal();
        return refusal == null ? null : refusal.code();
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void blocksEverySpellingWhereverItIsCut(String spelling) {
        byte[] content = bytes(BEFORE + Reflections.spellings().get(spelling) + AFTER);

        for (int cut = 0; cut <= content.length; cut++) {
            var guard = ReflectionGuard.plain(Reflections.VALUES, false);
            byte[] passed = through(
                    guard, Arrays.copyOfRange(content, 0, cut), Arrays.copyOfRange(content, cut, content.length));

            assertThat(code(guard)).as("cut at %d", cut).isEqualTo("credential_reflected");
            // Base64 shares a character with what stands before it, and at most two bytes of a value may go out.
            assertThat(passed.length).as("cut at %d", cut).isLessThanOrEqualTo(BEFORE.length() + 2 + 3);
        }
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void blocksEverySpellingByteForByte(String spelling) {
        byte[] content = bytes(BEFORE + Reflections.spellings().get(spelling) + AFTER);
        var guard = ReflectionGuard.plain(Reflections.VALUES, false);
        var out = new ByteArrayOutputStream();

        for (byte one : content) {
            guard.content(new byte[] {one}, 0, 1, out::write);
        }

        assertThat(code(guard)).isEqualTo("credential_reflected");
        assertThat(out.size()).isLessThanOrEqualTo(BEFORE.length() + 2 + 3);
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void blocksWhatIsCompressedWhereverItIsCut(String spelling) {
        byte[] content = Reflections.gzip(bytes(BEFORE + Reflections.spellings().get(spelling) + AFTER));

        for (int cut = 0; cut <= content.length; cut++) {
            ReflectionGuard guard = decoding();
            byte[] passed = through(
                    guard, Arrays.copyOfRange(content, 0, cut), Arrays.copyOfRange(content, cut, content.length));

            assertThat(code(guard)).as("cut at %d", cut).isEqualTo("credential_reflected");
            assertThat(passed.length).as("cut at %d", cut).isLessThan(content.length);
        }
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void coversEverySpellingInItsOwnLength(String spelling) {
        byte[] content = bytes(BEFORE + Reflections.spellings().get(spelling) + AFTER);

        for (int cut = 0; cut <= content.length; cut++) {
            var guard = ReflectionGuard.plain(Reflections.VALUES, true);
            byte[] passed = through(
                    guard, Arrays.copyOfRange(content, 0, cut), Arrays.copyOfRange(content, cut, content.length));

            assertThat(code(guard)).isNull();
            assertThat(passed).as("cut at %d", cut).hasSameSizeAs(content);
            assertThat(new String(passed, StandardCharsets.UTF_8))
                    .startsWith(BEFORE)
                    .endsWith(AFTER)
                    .contains("*****");
            assertThat(through(ReflectionGuard.plain(Reflections.VALUES, false), passed))
                    .as("cut at %d", cut)
                    .isEqualTo(passed);
        }
    }

    @Property(tries = 300)
    void passesWhatIsHarmlessUnchangedHoweverItIsCut(
            @ForAll @Size(max = 400) byte[] content, @ForAll @IntRange(min = 1, max = 50) int most, @ForAll long seed) {
        var random = new Random(seed);
        var guard = ReflectionGuard.plain(Reflections.VALUES, false);
        var out = new ByteArrayOutputStream();

        for (int at = 0; at < content.length; ) {
            int length = Math.min(content.length - at, 1 + random.nextInt(most));
            guard.content(content.clone(), at, length, out::write);
            at += length;
        }
        guard.end(Reflections.NO_TRAILERS, out::write);

        assertThat(guard.refusal()).isNull();
        assertThat(out.toByteArray()).isEqualTo(content);
    }

    @Test
    void passesWhatBeginsLikeAValueAndIsNone() {
        String close = Reflections.VALUE.substring(0, Reflections.VALUE.length() - 1);
        byte[] content = bytes(close + "!" + close);
        var guard = ReflectionGuard.plain(Reflections.VALUES, false);

        byte[] passed = through(guard, Arrays.copyOf(content, 20), Arrays.copyOfRange(content, 20, content.length));

        assertThat(guard.refusal()).isNull();
        assertThat(passed).isEqualTo(content);
    }

    @Test
    void holdsUpNoEventOfAStream() {
        var guard = ReflectionGuard.plain(Reflections.VALUES, false);
        var out = new ByteArrayOutputStream();

        for (String event : List.of("data: 1\n\n", "data: s3", "data: s\n\n", "data: &\n\n", "%")) {
            out.reset();
            guard.content(bytes(event), 0, event.length(), out::write);

            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(event);
        }
    }

    @Test
    void holdsUpNoEventOfACompressedStream() throws IOException {
        var encoded = new ByteArrayOutputStream();
        var gzip = new GZIPOutputStream(encoded, 512, true);
        ReflectionGuard guard = decoding();
        var out = new ByteArrayOutputStream();

        for (int event = 0; event < 50; event++) {
            encoded.reset();
            gzip.write(bytes("data: " + event + "\n\n"));
            gzip.flush();
            out.reset();
            guard.content(encoded.toByteArray(), 0, encoded.size(), out::write);

            assertThat(out.toByteArray()).isEqualTo(encoded.toByteArray());
        }
        guard.close();
    }

    @Test
    void passesACompressedContentUnchanged() {
        byte[] content = Reflections.gzip(bytes("nothing in here, ".repeat(1_000)));
        ReflectionGuard guard = decoding();

        byte[] passed = through(guard, Arrays.copyOf(content, 9), Arrays.copyOfRange(content, 9, content.length));

        assertThat(guard.refusal()).isNull();
        assertThat(passed).isEqualTo(content);
    }

    @Test
    void readsWhatSaysThatItIsCompressedAndIsNotAsItStands() {
        byte[] harmless = bytes("plain, whatever the head says");
        byte[] reflected = bytes("plain, with " + Reflections.VALUE);

        ReflectionGuard passing = decoding();
        byte[] passed = through(passing, harmless);
        ReflectionGuard blocking = decoding();
        through(blocking, reflected);

        assertThat(passed).isEqualTo(harmless);
        assertThat(code(blocking)).isEqualTo("credential_reflected");
    }

    @Test
    void refusesWhatGrowsBeyondMeasure() {
        byte[] zeros = new byte[64 << 20];
        byte[] twice = Reflections.gzip(Reflections.gzip(zeros));
        var guard = ReflectionGuard.decoding(
                Reflections.VALUES,
                encoded -> ContentDecoding.open((_, _) -> null, List.of("gzip", "gzip"), encoded),
                false);

        through(guard, twice);

        assertThat(code(guard)).isEqualTo("credential_guard_blind");
    }

    @Test
    void keepsAllOfWhatALateDecoderReadsUntilItsEndAndNotMoreThanItsLimit() {
        var random = new Random(1);
        byte[] noise = new byte[2 << 20];
        random.nextBytes(noise);
        byte[] content = Reflections.gzip(noise);
        var guard = ReflectionGuard.decoding(
                Reflections.VALUES, encoded -> ContentDecoding.open((_, _) -> null, List.of("gzip"), encoded), true);

        byte[] passed = through(guard, content);

        assertThat(passed).isEmpty();
        assertThat(code(guard)).isEqualTo("credential_guard_blind");
    }

    @Test
    void blocksAValueInATrailer() {
        var guard = ReflectionGuard.plain(Reflections.VALUES, false);
        var covering = ReflectionGuard.plain(Reflections.VALUES, true);
        var trailers = Reflections.fields(List.of(new Field("Debug", "key=" + Reflections.VALUE)));

        guard.end(trailers, (_, _, _) -> {});
        covering.end(trailers, (_, _, _) -> {});

        assertThat(code(guard)).isEqualTo("credential_reflected");
        assertThat(covering.refusal()).isNull();
        assertThat(covering.passesTrailers()).isFalse();
    }

    @Test
    void readsRawDeflateAsWell() {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(bytes(BEFORE + Reflections.VALUE));
        deflater.finish();
        byte[] content = new byte[200];
        int length = deflater.deflate(content);
        deflater.end();
        var guard = ReflectionGuard.decoding(
                Reflections.VALUES,
                encoded -> ContentDecoding.open((_, _) -> null, List.of("deflate"), encoded),
                false);

        through(guard, Arrays.copyOf(content, length));

        assertThat(code(guard)).isEqualTo("credential_reflected");
    }
}
