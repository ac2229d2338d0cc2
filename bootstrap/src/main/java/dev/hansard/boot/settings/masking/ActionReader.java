// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.core.masking.rule.MaskAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a rule does to what it selects. */
final class ActionReader {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern COUNT = Pattern.compile("0*[0-9]{1,2}");
    private static final MaskAction FALLBACK = new MaskAction.Redact();
    private static final Map<String, String> WORDS = words(List.of("drop", "redact", "type", "keep-last", "token"));

    private final Section rule;
    private final String name;

    ActionReader(Section rule, String name) {
        this.rule = rule;
        this.name = name;
    }

    private static Map<String, String> words(List<String> words) {
        Map<String, String> choices = new LinkedHashMap<>();
        words.forEach(word -> choices.put(word, word));
        return choices;
    }

    /** @param detectors those that the rule names: a value that only one can have found is labelled by it */
    MaskAction read(List<String> detectors) {
        if (!rule.has(MaskingKeys.ACTION)) {
            rule.problems()
                    .error(
                            rule.at(),
                            rule.child(MaskingKeys.ACTION) + " is missing",
                            "write action: and one of " + String.join(", ", WORDS.keySet()));
            return FALLBACK;
        }
        String word = rule.choice(MaskingKeys.ACTION, "", WORDS, List.of());
        if (!word.isEmpty()) {
            onlyWith(word, MaskingKeys.KEEP_LAST, "keep-last");
            onlyWith(word, MaskingKeys.LABEL, "type");
        }
        return switch (word) {
            case "drop" -> new MaskAction.Drop();
            case "type" -> type(detectors);
            case "keep-last" -> keepLast();
            case "token" -> new MaskAction.Token();
            default -> FALLBACK;
        };
    }

    private void onlyWith(String word, String key, String action) {
        if (rule.has(key) && !word.equals(action)) {
            rule.problems()
                    .error(
                            rule.placeOf(key),
                            rule.child(key) + " is set, but the action is " + word,
                            "remove it, or write action: " + action);
        }
    }

    private MaskAction keepLast() {
        if (!rule.has(MaskingKeys.KEEP_LAST)) {
            rule.problems()
                    .error(
                            rule.placeOf(MaskingKeys.ACTION),
                            rule.child(MaskingKeys.KEEP_LAST) + " is missing",
                            "write how many characters stay, such as keep-last: 4");
            return FALLBACK;
        }
        return rule.parsed(MaskingKeys.KEEP_LAST, FALLBACK, text -> {
            int count = COUNT.matcher(text).matches() ? Integer.parseInt(text) : 0;
            if (count < 1 || count > MaskAction.KeepLast.MAX) {
                throw new MisfitException("a whole number from 1 to " + MaskAction.KeepLast.MAX);
            }
            return new MaskAction.KeepLast(count);
        });
    }

    private MaskAction type(List<String> detectors) {
        String usual = Set.copyOf(detectors).size() == 1 && !selectsByMore() ? detectors.getFirst() : name;
        if (!rule.has(MaskingKeys.LABEL)) {
            if (LABEL.matcher(usual).matches()) {
                return new MaskAction.Type(usual);
            }
            rule.problems()
                    .error(
                            rule.placeOf(MaskingKeys.ACTION),
                            rule.child(MaskingKeys.LABEL) + " is missing, and the name of the rule is too long for one",
                            "write a label of 1 to 32 of a-z 0-9 -");
            return FALLBACK;
        }
        return rule.parsed(MaskingKeys.LABEL, FALLBACK, text -> {
            if (!LABEL.matcher(text).matches()) {
                throw new MisfitException("1 to 32 of a-z 0-9 -");
            }
            return new MaskAction.Type(text);
        });
    }

    private boolean selectsByMore() {
        return MaskingKeys.SELECTORS.stream().anyMatch(key -> !key.equals("detect") && rule.has(key));
    }
}
