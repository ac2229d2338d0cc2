// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.policy;

import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Names;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.ports.approval.ApprovalTerms;
import dev.hansard.ports.policy.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code approval} of a policy. */
final class ApprovalReader {
    private static final String KEY = "approval";
    private static final int LONGEST_REVIEWER = 256;
    private static final Duration USUAL_WINDOW = Duration.ofHours(1);
    private static final Map<String, Boolean> GRANTS = Map.of("once", false, "window", true);

    private final Section policy;
    private final Problems problems;

    ApprovalReader(Section policy) {
        this.policy = policy;
        this.problems = policy.problems();
    }

    ApprovalTerms read(Action action) {
        if (!policy.has(KEY)) {
            return ApprovalTerms.USUAL;
        }
        Section section = policy.section(KEY, PolicyKeys.APPROVAL);
        if (action != Action.REQUIRE_APPROVAL) {
            problems.error(
                    section.at(),
                    section.path() + " is for policies that require an approval, but the action is " + action.word(),
                    "write action: require-approval, or remove it");
        }
        ApprovalTerms usual = ApprovalTerms.USUAL;
        section.parsed("on-timeout", "deny", ApprovalReader::onTimeout);
        return new ApprovalTerms(
                reviewers(section),
                section.parsed("count", usual.count(), text -> Amounts.whole(text, 1, ApprovalTerms.MOST_COUNT)),
                section.parsed("hold", usual.hold(), ApprovalReader::hold),
                section.parsed(
                        "expires",
                        usual.expires(),
                        text -> Amounts.duration(text, Duration.ofSeconds(1), ApprovalTerms.LONGEST)),
                window(section));
    }

    /** None at all is written 0s. */
    private static Duration hold(String text) {
        return text.equals("0s") ? Duration.ZERO : Amounts.duration(text, ApprovalTerms.LONGEST_HOLD);
    }

    /** There is one way: what nobody approved does not pass. */
    private static String onTimeout(String text) {
        if (!text.equals("deny")) {
            throw new MisfitException(
                    "deny", "a request that nobody approved never passes; to only watch, write observe: true");
        }
        return text;
    }

    private List<String> reviewers(Section section) {
        var reviewers = new ArrayList<String>();
        List<Tree> items = section.items("reviewers");
        for (int i = 0; i < items.size(); i++) {
            String path = section.child("reviewers") + "[" + i + "]";
            String reviewer = section.parsed(items.get(i), path, "", text -> Names.word(text, LONGEST_REVIEWER));
            if (!reviewer.isEmpty() && !reviewers.contains(reviewer)) {
                reviewers.add(reviewer);
            }
        }
        if (reviewers.size() > ApprovalTerms.MOST_REVIEWERS) {
            problems.error(
                    section.placeOf("reviewers"),
                    section.child("reviewers") + " lists more than " + ApprovalTerms.MOST_REVIEWERS,
                    "make one group of them at the identity provider");
            return List.of();
        }
        return reviewers;
    }

    private @Nullable Duration window(Section section) {
        boolean isWindow = section.choice("grant", false, GRANTS, List.of());
        if (!isWindow && section.has("window")) {
            problems.error(
                    section.placeOf("window"),
                    section.child("window") + " is for grant: window, but an approval is good for one request here",
                    "write grant: window, or remove it");
        }
        return isWindow
                ? section.parsed(
                        "window",
                        USUAL_WINDOW,
                        text -> Amounts.duration(text, Duration.ofSeconds(1), ApprovalTerms.LONGEST_WINDOW))
                : null;
    }
}
