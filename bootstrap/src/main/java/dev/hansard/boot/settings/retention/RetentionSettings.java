// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.retention;

import dev.hansard.core.retention.RetentionRules;
import dev.hansard.core.retention.Schedule;
import dev.hansard.core.usage.Quotas;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long sessions stay.
 *
 * @param usual for the class {@code default}
 * @param classes the other classes
 * @param rules in the order written
 * @param ofServices the class of the services that name one
 * @param metadata how long rows stay; null for as long as their records
 * @param schedule when what has expired is removed
 * @param quotas what each service may take
 */
public record RetentionSettings(
        Duration usual,
        Map<RetentionClass, Duration> classes,
        List<WrittenRule> rules,
        Map<ServiceName, RetentionClass> ofServices,
        @Nullable Duration metadata,
        Schedule schedule,
        Quotas quotas) {
    public static final RetentionSettings DEFAULT = new RetentionSettings(
            RetentionRules.USUAL, Map.of(), List.of(), Map.of(), null, Schedule.DAILY, Quotas.NONE);

    public RetentionSettings {
        classes = Map.copyOf(classes);
        rules = List.copyOf(rules);
        ofServices = Map.copyOf(ofServices);
    }

    /**
     * A rule as it was written.
     *
     * @param when the conditions and the values that each may have, in the order written
     * @param query what they mean
     */
    public record WrittenRule(Map<String, List<String>> when, SessionQuery query, RetentionClass retention) {}

    /** What the core decides by. */
    public RetentionRules toRules() {
        var all = new HashMap<>(classes);
        all.put(RetentionClass.DEFAULT, usual);
        return new RetentionRules(
                all,
                ofServices,
                rules.stream()
                        .map(rule -> new RetentionRules.Rule(rule.query(), rule.retention()))
                        .toList(),
                metadata);
    }
}
