// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.MaskRule.UserPattern;
import dev.hansard.core.text.Spelling;
import dev.hansard.ports.masking.Patterns;
import dev.hansard.ports.masking.Patterns.Rejected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at what rules detect by, so that whoever has read them can say what is wrong and where it was written. */
public final class SelectorCheck {
    /** Longest anchor, in chars. */
    static final int MAX_ANCHOR = 100;

    private final Patterns patterns;

    public SelectorCheck(Patterns patterns) {
        this.patterns = patterns;
    }

    /**
     * One thing to say about one rule.
     *
     * @param key the key of the rule at which it was written: {@code detect}, {@code regex} or {@code anchor}
     * @param index of the element where the key has a list, or of the char where it has a text
     * @param isWarning whether the rule works all the same
     * @param hint what to do; null when the message says it
     */
    public record Problem(
            String rule,
            String key,
            int index,
            boolean isWarning,
            String message,
            @Nullable String hint) {}

    public List<Problem> problems(MaskRule rule) {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < rule.detect().size(); i++) {
            if (!Detectors.NAMES.contains(rule.detect().get(i))) {
                Text text = unknown(rule.detect().get(i));
                problems.add(new Problem(rule.name(), "detect", i, false, text.message, text.hint));
            }
        }
        if (rule.pattern() != null) {
            check(rule.name(), rule.pattern(), problems);
        }
        return problems;
    }

    private void check(String rule, UserPattern pattern, List<Problem> problems) {
        if (patterns.compile(pattern.regex()) instanceof Rejected(int at, String message)) {
            problems.add(new Problem(rule, "regex", at, false, message, null));
        }
        if (pattern.anchor().isEmpty()) {
            problems.add(new Problem(
                    rule,
                    "regex",
                    0,
                    true,
                    "the regex is run over every value, which is slow",
                    "give a text that each match holds as 'anchor'"));
        } else if (pattern.anchor().length() > MAX_ANCHOR || pattern.anchor().contains("\n")) {
            String message = "the anchor must be one line of at most " + MAX_ANCHOR + " characters";
            problems.add(new Problem(rule, "anchor", 0, false, message, null));
        } else if (!pattern.regex().replace("\\", "").contains(pattern.anchor())) {
            String message = "the regex does not hold the anchor as a text: matches without it are not found";
            problems.add(new Problem(rule, "anchor", 0, true, message, null));
        }
    }

    /** What to say about the name of a detector that does not exist. */
    static Text unknown(String name) {
        String near = Spelling.nearest(name, Detectors.NAMES);
        return new Text(
                "'" + name + "' is not a detector",
                near == null
                        ? "the detectors are " + String.join(", ", Detectors.NAMES)
                        : "did you mean '" + near + "'?");
    }

    record Text(String message, String hint) {}
}
