// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.policy.PolicySettings;
import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.core.approval.rule.People;
import dev.hansard.core.policy.NamedValue;
import dev.hansard.core.policy.Policy;
import dev.hansard.core.policy.PolicyDefaults;
import dev.hansard.core.policy.When;
import dev.hansard.ports.approval.ApprovalTerms;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.policy.Action;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings of policies as the keys and values of the contract. */
final class PolicyTree {
    private PolicyTree() {}

    static Map<String, Object> of(PolicySettings settings) {
        return SettingsTree.named(settings.policies(), Policy::name, PolicyTree::policy);
    }

    static Map<String, Object> of(PolicyDefaults defaults) {
        return SettingsTree.tree(
                "unmatched", defaults.unmatched().word(), "body-bytes", Amounts.print((long) defaults.bodyBytes()));
    }

    static Map<String, Object> of(People people) {
        var owners = new LinkedHashMap<String, Object>();
        for (People.Owner owner : people.owners()) {
            owners.put(
                    owner.callers().text(),
                    owner.people().stream().map(CallerPattern::text).toList());
        }
        var linked = new LinkedHashMap<String, Object>();
        for (int i = 0; i < people.linked().size(); i++) {
            linked.put(
                    Integer.toString(i + 1),
                    people.linked().get(i).stream()
                            .map(account -> account.provider() + "/" + account.subject())
                            .sorted()
                            .toList());
        }
        return SettingsTree.tree("owners", owners, "people", linked);
    }

    private static @Nullable Map<String, Object> approval(Policy policy) {
        if (policy.action() != Action.REQUIRE_APPROVAL) {
            return null;
        }
        ApprovalTerms terms = policy.approval();
        Duration window = terms.window();
        return SettingsTree.tree(
                "reviewers",
                texts(terms.reviewers()),
                "count",
                terms.count(),
                "hold",
                terms.hold().isZero() ? "0s" : Amounts.print(terms.hold()),
                "expires",
                Amounts.print(terms.expires()),
                "on-timeout",
                "deny",
                "grant",
                window == null ? "once" : "window",
                "window",
                window == null ? null : Amounts.print(window));
    }

    private static Map<String, Object> policy(Policy policy) {
        return SettingsTree.tree(
                "when", when(policy.when()),
                "expr", policy.expression() == null ? null : policy.expression().text(),
                "action", policy.action().word(),
                "approval", approval(policy),
                "observe", policy.observe(),
                "message", policy.message().isEmpty() ? null : policy.message());
    }

    private static Map<String, Object> when(When when) {
        var labels = new TreeMap<String, Object>();
        when.labels().forEach((name, value) -> labels.put(name, value.text()));
        List<String> groups = when.groups().stream()
                .map(pattern -> pattern.text().substring(CallerPattern.GROUP.length()))
                .toList();
        return SettingsTree.tree(
                "service", texts(when.services()),
                "labels", labels,
                "method", texts(when.methods()),
                "path", texts(when.paths()),
                "caller", texts(when.callers().stream().map(CallerPattern::text).toList()),
                "group", texts(groups),
                "header", present(when.headers()),
                "no-header", absent(when.headers()),
                "query", present(when.query()),
                "no-query", absent(when.query()),
                "inside", texts(when.inside()),
                "outside", texts(when.outside()));
    }

    private static @Nullable List<String> texts(List<?> values) {
        return values.isEmpty() ? null : values.stream().map(Object::toString).toList();
    }

    private static Map<String, Object> present(List<NamedValue> values) {
        var present = new LinkedHashMap<String, Object>();
        for (NamedValue value : values) {
            if (!value.values().isEmpty()) {
                present.put(
                        value.name(),
                        value.values().stream().map(Object::toString).toList());
            }
        }
        return present;
    }

    private static @Nullable List<String> absent(List<NamedValue> values) {
        return texts(values.stream()
                .filter(value -> value.values().isEmpty())
                .map(NamedValue::name)
                .toList());
    }
}
