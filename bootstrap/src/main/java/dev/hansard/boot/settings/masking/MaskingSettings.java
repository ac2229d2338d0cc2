// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Words;
import dev.hansard.core.masking.rule.BuiltInRules;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.ports.value.Secret;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about masking.
 *
 * @param tokenKey from which the keys of the services' tokens and digests are derived; null when none is written
 * @param sets in the order written
 * @param rules the user's, in the order written
 * @param defaults whether the rules that are built in apply too
 * @param detectorsOnUnparsable what services do that say nothing else
 * @param services by name
 */
public record MaskingSettings(
        @Nullable Secret tokenKey,
        List<RuleSet> sets,
        List<MaskRule> rules,
        boolean defaults,
        boolean detectorsOnUnparsable,
        Map<ServiceName, MaskingOfService> services) {
    public static final MaskingSettings DEFAULT =
            new MaskingSettings(null, List.of(), List.of(), true, false, Map.of());

    public MaskingSettings {
        sets = List.copyOf(sets);
        rules = List.copyOf(rules);
        services = Map.copyOf(services);
    }

    /** Rules that go together. */
    public record RuleSet(String name, List<String> rules) {
        public RuleSet {
            rules = List.copyOf(rules);
        }
    }

    /** How the record of a service is masked; as those that say nothing when it is none of the configuration. */
    public MaskingOfService of(ServiceName service) {
        MaskingOfService written = services.get(service);
        return written == null ? new MaskingOfService(List.of(), builtIn(), detectorsOnUnparsable) : written;
    }

    /**
     * As {@link #of(ServiceName)}, but by other sets and rules than those that the service names.
     *
     * @throws MisfitException when one of the names is neither a set nor a rule
     */
    public MaskingOfService of(ServiceName service, List<String> names) {
        Map<String, MaskRule> known = new LinkedHashMap<>();
        rules.forEach(rule -> known.put(rule.name(), rule));
        Map<String, List<String>> sets = new LinkedHashMap<>();
        this.sets.forEach(set -> sets.put(set.name(), set.rules()));
        Set<MaskRule> applied = new LinkedHashSet<>();
        for (String name : names) {
            for (String rule : sets.getOrDefault(name, List.of(name))) {
                MaskRule found = known.get(rule);
                if (found == null) {
                    Set<String> all = new LinkedHashSet<>(sets.keySet());
                    all.addAll(known.keySet());
                    throw new MisfitException("names of sets and rules", Words.hint(name, all, "sets and rules"));
                }
                applied.add(found);
            }
        }
        var all = new ArrayList<>(applied);
        all.addAll(builtIn());
        return new MaskingOfService(names, all, of(service).detectorsOnUnparsable());
    }

    /** The rules that come after the user's. */
    List<MaskRule> builtIn() {
        return defaults ? BuiltInRules.rules() : List.of();
    }
}
