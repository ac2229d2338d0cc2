// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hansard.core.masking.detect.Scans.Hit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, also none of UTF-8: hits lie in them, in order, and a part is read as its copy is. */
class DetectorsFuzzTest {
    private static final Detectors ALL = Scans.all();

    static byte[][] texts() {
        var secrets = new PlantedSecrets(new Random(1));
        String[] texts = Arrays.stream(Detector.values())
                .map(detector -> "x " + PlantedSecrets.caption(detector) + secrets.of(detector) + ", y")
                .toArray(String[]::new);
        byte[][] seeds = new byte[texts.length + 1][];
        for (int i = 0; i < texts.length; i++) {
            seeds[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
        seeds[texts.length] = HostileText.of("\u00a0@4.", 40).getBytes(StandardCharsets.UTF_8);
        return seeds;
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "10s")
    void readsAnything(byte[] bytes) {
        var whole = Scans.hits(ALL, bytes, 0, bytes.length);
        int end = 0;
        for (Hit hit : whole) {
            assertThat(hit.from()).isBetween(end, bytes.length);
            assertThat(hit.to()).isBetween(hit.from() + 1, bytes.length);
            end = hit.to();
        }
        int from = bytes.length / 3;
        byte[] copy = Arrays.copyOfRange(bytes, from, bytes.length);
        assertThat(Scans.hits(ALL, bytes, from, bytes.length)).hasSameSizeAs(Scans.hits(ALL, copy, 0, copy.length));
    }
}
