// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import dev.hansard.core.masking.detect.Overlaps.Found;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.MaskRule.UserPattern;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.ValueScanner;
import dev.hansard.ports.masking.Patterns;
import dev.hansard.ports.masking.Patterns.Compiled;
import dev.hansard.ports.masking.Patterns.Rejected;
import dev.hansard.ports.value.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The detectors and patterns of a list of rules, compiled to one pass over a text; each detector goes to the first rule
 * that names it. A value must be given whole: what is cut in two by a chunk's border is found in neither part, so that
 * who masks what streams in holds a value back until its end is there. Immutable; safe for any number of threads.
 */
public final class Detectors implements ValueScanner {
    /** What {@code detect} may name. */
    public static final List<String> NAMES =
            Arrays.stream(Detector.values()).map(Detector::word).toList();

    /** Before the name of a detector that no rule has chosen and that looks for credentials all the same. */
    public static final String ALWAYS = "always:";

    private final Scan.Chosen chosen;
    private final List<PatternRule> patterns;

    private Detectors(Scan.Chosen chosen, List<PatternRule> patterns) {
        this.chosen = chosen;
        this.patterns = List.copyOf(patterns);
    }

    /**
     * What the rules select, and credentials: tokens, keys and passwords are hidden whatever the rules say. A rule that
     * names one of their detectors says how.
     *
     * @throws InvalidValueException when {@link SelectorCheck} finds something wrong in a rule
     */
    public static Detectors of(List<MaskRule> rules, Patterns patterns) {
        var chosen = new Scan.Chosen();
        var compiled = new ArrayList<PatternRule>();
        for (int order = 0; order < rules.size(); order++) {
            MaskRule rule = rules.get(order);
            for (String name : rule.detect()) {
                chosen.add(detector(rule, name), rule.treatment(), order);
            }
            UserPattern pattern = rule.pattern();
            if (pattern != null) {
                compiled.add(compiled(rule, pattern, patterns, order));
            }
        }
        for (Detector detector : Detector.values()) {
            if (detector.findsCredentials) {
                var treatment = new Treatment(ALWAYS + detector.word(), new MaskAction.Redact());
                chosen.add(detector, treatment, rules.size());
            }
        }
        return new Detectors(chosen, compiled);
    }

    /** Credentials alone. */
    public static Detectors credentials() {
        return of(List.of(), regex -> new Rejected(0, "there is no pattern"));
    }

    private static Detector detector(MaskRule rule, String name) {
        Detector detector = Detector.named(name);
        if (detector == null) {
            SelectorCheck.Text text = SelectorCheck.unknown(name);
            throw new InvalidValueException("rule '" + rule.name() + "': " + text.message() + "; " + text.hint());
        }
        return detector;
    }

    private static PatternRule compiled(MaskRule rule, UserPattern pattern, Patterns patterns, int order) {
        return switch (patterns.compile(pattern.regex())) {
            case Compiled(var text) -> new PatternRule(text, pattern.anchor(), rule.treatment(), order);
            case Rejected(int at, String message) ->
                throw new InvalidValueException(
                        "rule '" + rule.name() + "': regex, character " + (at + 1) + ": " + message);
        };
    }

    @Override
    public void scan(byte[] bytes, int from, int to, Hits hits) {
        // Most values are short and have nothing that any detector waits for: they must not cost an object.
        int first = chosen.first(bytes, from, to);
        if (first == to && patterns.isEmpty()) {
            return;
        }
        List<Found> known = byPatterns(bytes, from, to, hits);
        new Scan(chosen, bytes, from, to, new Overlaps(hits, known)).run(first);
    }

    @Override
    public ValueScanner ofOneThread() {
        return new Reusing();
    }

    /** Makes one scan serve for value after value. */
    private final class Reusing implements ValueScanner {
        private @Nullable Scan free;

        @Override
        public void scan(byte[] bytes, int from, int to, Hits hits) {
            int first = chosen.first(bytes, from, to);
            if (first == to && patterns.isEmpty()) {
                return;
            }
            List<Found> known = byPatterns(bytes, from, to, hits);
            Scan scan = free;
            // Taken meanwhile: whoever is told of a value may look into it in turn.
            free = null;
            if (scan == null) {
                scan = new Scan(chosen, bytes, from, to, new Overlaps(hits, known));
            } else {
                scan.over(bytes, from, to, hits, known);
            }
            scan.run(first);
            free = scan;
        }
    }

    private List<Found> byPatterns(byte[] bytes, int from, int to, Hits hits) {
        if (patterns.isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<Found>();
        for (PatternRule pattern : patterns) {
            pattern.find(bytes, from, to, found, hits);
        }
        found.sort(null);
        return found;
    }
}
