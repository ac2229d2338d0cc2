// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.detect.RareSecrets.Captioned;
import dev.hansard.core.masking.detect.Scans.Hit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * How many secrets all detectors together find in a generated corpus, and how much of what each of them finds is one:
 * of each kind as many secrets, in their common and rarer forms, as texts that nearly are one, amid ordinary text.
 */
class DetectorCorpusTest {
    private static final int EACH = 2_000;
    private static final double RECALL = 0.98;
    private static final double PRECISION = 0.95;
    private static final Detectors ALL = Scans.all();

    private static final List<String> CARRIERS = List.of(
            "%s %s %s",
            "{\"a\":\"%s\",\"b\":\"%s\",\"c\":\"%s\"}",
            "%s;%s;%s",
            "<a>%s</a><b>%s</b><c>%s</c>",
            "level=info id=%s value='%s' trace=%s",
            "%s\n%s\n%s",
            "note: %s, (%s) and %s.",
            "|%s|%s|%s|",
            "- %s\n- \"%s\"\n# %s");

    private final Random random = new Random(20_260_101);
    private final PlantedSecrets common = new PlantedSecrets(random);
    private final RareSecrets rare = new RareSecrets(random);
    private final NearMisses misses = new NearMisses(random);
    private final OrdinaryText ordinary = new OrdinaryText(random);
    private final Map<Detector, Figures> figures = new EnumMap<>(Detector.class);
    private final List<String> missed = new ArrayList<>();

    /** Of one detector. */
    private static final class Figures {
        private int planted;
        private int found;
        private int right;
        private int wrong;

        double recall() {
            return (double) found / planted;
        }

        double precision() {
            return (double) right / (right + wrong);
        }
    }

    @Test
    void findsNearlyAllAndHardlyAnythingElse() {
        for (Detector detector : Detector.values()) {
            figures.put(detector, new Figures());
        }

        for (Detector detector : Detector.values()) {
            for (int i = 0; i < EACH; i++) {
                plant(detector, i % 2 == 0 ? commonOf(detector) : rare.of(detector));
                count(carried(misses.of(detector)), "", null);
            }
        }

        print();
        figures.forEach((detector, of) -> {
            assertThat(of.recall()).as("recall of %s: %s", detector, missed).isGreaterThanOrEqualTo(RECALL);
            assertThat(of.precision()).as("precision of " + detector).isGreaterThanOrEqualTo(PRECISION);
        });
    }

    private Captioned commonOf(Detector detector) {
        return new Captioned(PlantedSecrets.caption(detector), common.of(detector));
    }

    private void plant(Detector detector, Captioned planted) {
        String text = carried(planted.caption() + planted.secret());
        count(text, planted.secret(), detector);
    }

    private String carried(String text) {
        return CARRIERS.get(random.nextInt(CARRIERS.size()))
                .formatted(ordinary.lookalike(), text, ordinary.lookalike());
    }

    /** Counts who found what is planted, and who found anything else. */
    private void count(String text, String secret, @Nullable Detector detector) {
        int from = bytes(text.substring(0, text.indexOf(secret)));
        int to = from + bytes(secret);
        boolean isFound = false;
        for (Hit hit : Scans.hits(ALL, text)) {
            boolean touches = detector != null && hit.from() < to && hit.to() > from;
            Figures of = figuresOf(hit.rule());
            of.right += touches ? 1 : 0;
            of.wrong += touches ? 0 : 1;
            isFound |= touches && hit.from() <= from && hit.to() >= to;
        }
        if (detector != null) {
            Figures of = figuresOf(detector.word());
            of.planted++;
            of.found += isFound ? 1 : 0;
            if (!isFound && missed.size() < 10) {
                missed.add(text);
            }
        }
    }

    private Figures figuresOf(String rule) {
        for (Map.Entry<Detector, Figures> entry : figures.entrySet()) {
            if (entry.getKey().word().equals(rule)) {
                return entry.getValue();
            }
        }
        throw new IllegalStateException("no detector is called " + rule);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void print() {
        System.out.printf("%-8s %8s %8s %8s %8s%n", "detector", "planted", "recall", "wrong", "precision");
        figures.forEach((detector, of) -> System.out.printf(
                "%-8s %8d %8.4f %8d %8.4f%n", detector.word(), of.planted, of.recall(), of.wrong, of.precision()));
    }
}
