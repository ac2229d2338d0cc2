// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.core.masking.HeadMasking;
import dev.hansard.core.masking.detect.SelectorCheck.Problem;
import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.json.select.SelectorCheck.Faulty;
import dev.hansard.core.masking.json.select.SelectorProblem;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.ports.masking.Patterns;
import java.util.List;
import java.util.Objects;

/** Looks at what one rule selects by, and says what is wrong where it was written. */
final class RuleChecks {
    private final Problems problems;
    private final dev.hansard.core.masking.detect.SelectorCheck detection;

    RuleChecks(Problems problems, Patterns patterns) {
        this.problems = problems;
        this.detection = new dev.hansard.core.masking.detect.SelectorCheck(patterns);
    }

    void check(WrittenRule rule) {
        if (JsonSelectors.compile(List.of(rule.rule())) instanceof Faulty(var faults)) {
            faults.forEach(fault -> json(rule, fault));
        }
        for (Problem problem : detection.problems(rule.rule())) {
            detection(rule, problem);
        }
        heads(rule);
        GuessableValues.warn(rule, problems);
    }

    private void heads(WrittenRule rule) {
        boolean isLimited = !rule.parts(MaskingKeys.CONTENT_TYPES).isEmpty();
        boolean showsPart = rule.rule().action() instanceof MaskAction.KeepLast;
        for (String key : MaskingKeys.OF_HEADS) {
            for (Element element : rule.parts(key)) {
                if (isLimited) {
                    problems.error(
                            element.at(),
                            element.shown() + " has no effect: content-types limits the rule to contents",
                            "write a rule of its own for it, without content-types");
                } else if (showsPart && isAlwaysHidden(key, element.text())) {
                    problems.error(
                            element.at(),
                            element.shown() + " is always hidden, but keep-last would show a part of it",
                            "write action: token, or another that shows nothing");
                }
            }
        }
    }

    private static boolean isAlwaysHidden(String key, String name) {
        return key.equals("cookies") || (key.equals("headers") && HeadMasking.isAlwaysHidden(name));
    }

    private void json(WrittenRule rule, SelectorProblem problem) {
        rule.parts("json").stream()
                .filter(element -> element.text().equals(problem.selector()))
                .findFirst()
                .ifPresent(element -> problems.error(
                        element.at(),
                        element.hidden()
                                ? element.path() + " must be a JSON selector, but is wrong at column "
                                        + problem.column()
                                : element.shown() + " " + problem.what() + " (column " + problem.column() + ")"));
    }

    private void detection(WrittenRule rule, Problem problem) {
        boolean isList = problem.key().equals("detect");
        Element element = rule.parts(problem.key()).isEmpty()
                ? null
                : rule.parts(problem.key()).get(isList ? problem.index() : 0);
        Position at = element == null ? rule.at() : element.at();
        String path = element == null ? "masking.rules." + rule.name() : element.path();
        String message = element != null && element.hidden() && !problem.isWarning()
                ? path + " cannot be used: what came from outside is wrong"
                : path + (isList || problem.isWarning() ? "" : ", character " + (problem.index() + 1)) + ": "
                        + problem.message();
        String hint = Objects.requireNonNullElse(problem.hint(), "");
        if (problem.isWarning()) {
            problems.warning(at, message, hint);
        } else {
            problems.error(at, message, element != null && element.hidden() ? "" : hint);
        }
    }
}
