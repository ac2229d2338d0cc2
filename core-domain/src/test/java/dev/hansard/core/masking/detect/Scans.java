// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.MaskRule.UserPattern;
import dev.hansard.core.masking.rule.ValueScanner;
import dev.hansard.ports.masking.Patterns;
import dev.hansard.ports.masking.Patterns.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scanners of tests, and what they find. */
final class Scans {
    static final Patterns NO_PATTERNS = _ -> new Rejected(0, "there is no pattern here");

    private Scans() {}

    /** One hit, with what it covers. */
    record Hit(int from, int to, String rule, String text) {}

    static MaskRule rule(String name, String... detectors) {
        return rule(name, null, detectors);
    }

    static MaskRule rule(String name, @Nullable UserPattern pattern, String... detectors) {
        return MaskRule.of(name, new MaskAction.Redact())
                .detect(List.of(detectors))
                .pattern(pattern)
                .build();
    }

    /** Every detector, each with a rule of its own name. */
    static Detectors all() {
        return Detectors.of(
                Detectors.NAMES.stream().map(name -> rule(name, name)).toList(), NO_PATTERNS);
    }

    static List<Hit> hits(ValueScanner scanner, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return hits(scanner, bytes, 0, bytes.length);
    }

    static List<Hit> hits(ValueScanner scanner, byte[] bytes, int from, int to) {
        var hits = new ArrayList<Hit>();
        scanner.scan(
                bytes,
                from,
                to,
                (start, end, treatment) -> hits.add(new Hit(
                        start, end, treatment.rule(), new String(bytes, start, end - start, StandardCharsets.UTF_8))));
        return hits;
    }
}
