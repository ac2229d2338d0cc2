// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.core.masking.rule.MaskAction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Warns of tokens of values that have few possibilities, going by their names: who has the key finds the clear value by
 * trying all of them, so that such a token hides it from nobody who may make tokens.
 */
final class GuessableValues {
    private static final List<String> NAMED = List.of("json", "form", "query", "headers", "cookies", "xml", "detect");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern STEP = Pattern.compile("[^\\p{L}\\p{N}_ -]+");
    private static final Pattern BETWEEN = Pattern.compile("[_ -]+");
    private static final Set<String> WORDS = Set.of(
            "cvv",
            "cvv2",
            "cvc",
            "cvc2",
            "csc",
            "pin",
            "otp",
            "ssn",
            "gender",
            "sex",
            "birth",
            "birthday",
            "birthdate",
            "dob",
            "born",
            "age",
            "zip",
            "zipcode",
            "postcode",
            "postal",
            "plz",
            "expiry",
            "last4");
    private static final Set<String> WHOLE = Set.of("dateofbirth", "securitycode", "cardsecuritycode", "yearofbirth");

    private GuessableValues() {}

    static void warn(WrittenRule rule, Problems problems) {
        if (!(rule.rule().action() instanceof MaskAction.Token)) {
            return;
        }
        for (String key : NAMED) {
            for (Element element : rule.parts(key)) {
                if (isGuessable(element.text())) {
                    problems.warning(
                            element.at(),
                            element.shown() + " has few possible values: who has the key finds the clear one by trying",
                            "use drop or redact, unless such values must be found by their token");
                }
            }
        }
    }

    /** Whether the last name in a selector is that of something with few values. */
    static boolean isGuessable(String selector) {
        String last = Arrays.stream(STEP.split(selector))
                .filter(step -> !step.isBlank() && !step.chars().allMatch(Character::isDigit))
                .reduce("", (_, step) -> step);
        List<String> words = Arrays.stream(BETWEEN.split(HUMP.matcher(last).replaceAll("_")))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        return words.stream().anyMatch(WORDS::contains) || WHOLE.contains(String.join("", words));
    }
}
