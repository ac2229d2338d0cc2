// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.ports.value.ServiceName;
import java.util.HashSet;
import java.util.Set;

/** Makes names of sets and rules that nobody has yet: they share one name space. Belongs to one thread. */
final class RuleNames {
    /** Longest name of a rule. */
    private static final int MAX_NAME = 63;

    /** What a name ends in is cut there: that of a user's rule may be as long as a name may be. */
    private static final int MAX_END = 32;

    private static final String START = "scan-";

    private final Set<String> taken = new HashSet<>();

    RuleNames(ListedRules listed) {
        listed.byService()
                .values()
                .forEach(rules -> rules.stream().map(MaskRule::name).forEach(taken::add));
    }

    String set(ServiceName service) {
        return free(service.value(), "");
    }

    String rule(ServiceName service, What what) {
        return free(service.value(), "-" + what.word());
    }

    private String free(String service, String end) {
        String kept = end.substring(0, Math.min(end.length(), MAX_END));
        String name = joined(service, kept);
        for (int number = 2; !taken.add(name); number++) {
            name = joined(service, kept + "-" + number);
        }
        return name;
    }

    private static String joined(String service, String end) {
        int room = MAX_NAME - START.length() - end.length();
        String name = START + service.substring(0, Math.min(service.length(), room)) + end;
        int last = name.length();
        while (name.charAt(last - 1) == '-') {
            last--;
        }
        return name.substring(0, last);
    }
}
