// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.rule;

import dev.hansard.core.policy.Policy;
import dev.hansard.ports.approval.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What several policies ask of one approval: each gets its approvers, and of all else the strictest holds.
 *
 * @param window null when one of them wants it to be good for one request
 */
public record MergedTerms(
        List<Requirement> requirements,
        String message,
        Duration hold,
        Duration expires,
        @Nullable Duration window) {
    public static MergedTerms of(List<Policy> asking) {
        return new MergedTerms(
                asking.stream()
                        .map(policy -> new Requirement(
                                policy.name(),
                                policy.approval().reviewers(),
                                policy.approval().count()))
                        .toList(),
                asking.stream()
                        .map(Policy::message)
                        .filter(message -> !message.isEmpty())
                        .distinct()
                        .collect(Collectors.joining(" ")),
                asking.stream()
                        .map(policy -> policy.approval().hold())
                        .min(Duration::compareTo)
                        .orElseThrow(),
                asking.stream()
                        .map(policy -> policy.approval().expires())
                        .min(Duration::compareTo)
                        .orElseThrow(),
                window(asking));
    }

    private static @Nullable Duration window(List<Policy> asking) {
        Duration shortest = null;
        for (Policy policy : asking) {
            Duration window = policy.approval().window();
            if (window == null) {
                return null;
            }
            shortest = shortest == null || window.compareTo(shortest) < 0 ? window : shortest;
        }
        return shortest;
    }

    public List<String> policies() {
        return requirements.stream().map(Requirement::policy).toList();
    }
}
