// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import dev.hansard.core.masking.rule.ValueScanner;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Prints how fast all detectors are, on ordinary text and on the worst: the best of many runs on one thread. */
final class DetectorsSpeed {
    private static final int SIZE = 64 << 10;
    private static final int RUNS = 30;
    private static final int SCANS = 40;

    private DetectorsSpeed() {}

    public static void main(String[] args) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("JSON", new OrdinaryText(new Random(7)).json(SIZE));
        for (String piece : HostileText.PIECES) {
            texts.put(piece, HostileText.of(piece, SIZE));
        }
        var detectors = Scans.all();
        texts.forEach(
                (name, text) -> System.out.printf("%-30s %8.0f MB/s%n", name, megabytesPerSecond(detectors, text)));
    }

    static double megabytesPerSecond(ValueScanner scanner, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        double best = 0;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            for (int i = 0; i < SCANS; i++) {
                scanner.scan(bytes, 0, bytes.length, (_, _, _) -> {});
            }
            best = Math.max(best, 1e3 * SCANS * bytes.length / (System.nanoTime() - start));
        }
        return best;
    }
}
