// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.masking.detect.Scans.Hit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetectorsPropertyTest {
    private static final Detectors ALL = Scans.all();
    private static final int PLANTED = 1_000;

    /** A secret among values that look like one, as in a log line or a note. */
    private static String around(OrdinaryText ordinary, Random random, String planted) {
        String[] gaps = {" ", ", ", "\"", "\n", "; ", "|", "=", " (", "\t"};
        String gap = gaps[random.nextInt(gaps.length)];
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(ordinary.lookalike()).append(gap);
        }
        text.append(planted);
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(gap).append(ordinary.lookalike());
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatIsPlanted(Detector detector) {
        var random = new Random(4711);
        var secrets = new PlantedSecrets(random);
        var ordinary = new OrdinaryText(random);
        int found = 0;

        for (int i = 0; i < PLANTED; i++) {
            String secret = secrets.of(detector);
            String text = around(ordinary, random, PlantedSecrets.caption(detector) + secret);
            found += covers(Scans.hits(ALL, text), text, secret) ? 1 : 0;
        }

        assertThat((double) found / PLANTED).as("recall").isGreaterThanOrEqualTo(0.98);
    }

    private static boolean covers(List<Hit> hits, String text, String secret) {
        int from = text.substring(0, text.indexOf(secret)).getBytes(StandardCharsets.UTF_8).length;
        int to = from + secret.getBytes(StandardCharsets.UTF_8).length;
        return hits.stream().anyMatch(hit -> hit.from() <= from && hit.to() >= to);
    }

    @Property(tries = 20)
    void findsLittleElse(@ForAll Random random) {
        var secrets = new PlantedSecrets(random);
        var ordinary = new OrdinaryText(random);
        int planted = 0;
        int hits = 0;
        int wrong = 0;

        for (int i = 0; i < 2_000; i++) {
            boolean holds = random.nextInt(10) == 0;
            Detector detector = secrets.detector();
            String secret = secrets.of(detector);
            String text = holds
                    ? around(ordinary, random, PlantedSecrets.caption(detector) + secret)
                    : around(ordinary, random, ordinary.lookalike());
            planted += holds ? 1 : 0;
            for (Hit hit : Scans.hits(ALL, text)) {
                hits++;
                wrong += holds && (secret.contains(hit.text()) || hit.text().contains(secret)) ? 0 : 1;
            }
        }

        assertThat(hits).isGreaterThanOrEqualTo(planted * 9 / 10);
        assertThat(1 - (double) wrong / hits).as("precision").isGreaterThanOrEqualTo(0.95);
    }

    @Property(tries = 20)
    void findsNothingInJsonWithoutSecrets(@ForAll Random random) {
        String json = new OrdinaryText(random).json(20_000);

        List<Hit> hits = Scans.hits(ALL, json);

        assertThat(hits).hasSizeLessThanOrEqualTo(1);
    }

    @Property(tries = 1_000)
    void tellsHitsInOrderAndNoneTwice(@ForAll Random random) {
        byte[] text = fragments(random, "").getBytes(StandardCharsets.UTF_8);

        List<Hit> hits = Scans.hits(ALL, text, 0, text.length);

        int end = 0;
        for (Hit hit : hits) {
            assertThat(hit.from()).isGreaterThanOrEqualTo(end).isLessThan(hit.to());
            end = hit.to();
        }
        assertThat(end).isLessThanOrEqualTo(text.length);
    }

    @Property(tries = 1_000)
    void findsInAPartWhatItFindsInItsCopy(@ForAll Random random) {
        byte[] text = fragments(random, "").getBytes(StandardCharsets.UTF_8);
        int from = random.nextInt(text.length + 1);
        int to = from + random.nextInt(text.length - from + 1);
        byte[] copy = Arrays.copyOfRange(text, from, to);

        List<Hit> inPart = Scans.hits(ALL, text, from, to);
        List<Hit> inCopy = Scans.hits(ALL, copy, 0, copy.length);

        assertThat(inPart.stream()
                        .map(hit -> new Hit(hit.from() - from, hit.to() - from, hit.rule(), hit.text()))
                        .toList())
                .isEqualTo(inCopy);
    }

    @Property(tries = 1_000)
    void findsNothingInWhatIsMasked(@ForAll Random random) {
        byte[] text = fragments(random, " ").getBytes(StandardCharsets.UTF_8);

        byte[] once = masked(text);

        assertThat(new String(masked(once), StandardCharsets.UTF_8))
                .isEqualTo(new String(once, StandardCharsets.UTF_8));
    }

    private static byte[] masked(byte[] text) {
        var masked = new ByteArrayOutputStream();
        int[] done = {0};
        ALL.scan(text, 0, text.length, (from, to, _) -> {
            masked.write(text, done[0], from - done[0]);
            masked.writeBytes("***".getBytes(StandardCharsets.UTF_8));
            done[0] = to;
        });
        masked.write(text, done[0], text.length - done[0]);
        return masked.toByteArray();
    }

    /** What secrets are made of, put together at random. */
    private static String fragments(Random random, String gap) {
        var secrets = new PlantedSecrets(random);
        var ordinary = new OrdinaryText(random);
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> text.append(secrets.of(secrets.detector()));
                case 1 -> text.append(HostileText.PIECES.get(random.nextInt(HostileText.PIECES.size())));
                case 2 -> text.append(ordinary.lookalike());
                case 3 -> text.append(" .-@:=\u00a0é,\"".charAt(random.nextInt(10)));
                default -> text.append(random.nextInt(100_000));
            }
            text.append(gap);
        }
        return text.toString();
    }
}
