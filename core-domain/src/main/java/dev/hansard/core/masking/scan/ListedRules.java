// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.core.masking.detect.Detectors;
import dev.hansard.core.masking.rule.BuiltInRules;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.ports.value.ServiceName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The rules of services, as far as they are known: a record has only the names of those that masked something.
 *
 * @param byService the rules that each service applies, without those that are built in
 */
public record ListedRules(Map<ServiceName, List<MaskRule>> byService) {
    /** For when no configuration is at hand. */
    public static final ListedRules UNKNOWN = new ListedRules(Map.of());

    public ListedRules {
        byService = Map.copyOf(byService);
    }

    List<MaskRule> of(ServiceName service) {
        return byService.getOrDefault(service, List.of());
    }

    /**
     * Whether a rule masks nothing but what is recognised by what it looks like. One that selects by names as well may
     * have masked a value for either reason, and is not counted among them.
     */
    boolean detectsOnly(ServiceName service, String rule) {
        if (rule.startsWith(Detectors.ALWAYS)) {
            return true;
        }
        return of(service).stream()
                .filter(listed -> listed.name().equals(rule))
                .findFirst()
                .or(() -> BuiltInRules.rules().stream()
                        .filter(builtIn -> builtIn.name().equals(rule))
                        .findFirst())
                .map(ListedRules::detectsOnly)
                .orElse(false);
    }

    private static boolean detectsOnly(MaskRule rule) {
        boolean byName = Arrays.stream(Selection.RuleKey.values())
                .anyMatch(
                        key -> key != Selection.RuleKey.DETECT && !key.of(rule).isEmpty());
        return !byName && rule.cookies().isEmpty();
    }

    /** What such a rule recognises: its one detector, or else its own name. */
    What recognised(ServiceName service, String rule) {
        return of(service).stream()
                .filter(listed -> listed.name().equals(rule) && listed.detect().size() == 1)
                .map(listed -> new What(listed.detect().getFirst(), true))
                .findFirst()
                .orElseGet(() -> What.of(rule));
    }
}
