// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.tidy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The findings that are allowed to stay, one key a line with its reason after {@code --}. The list may only shrink: a
 * key that no finding needs any more fails the build, so that a place that was tidied stays tidy.
 */
record Exceptions(Set<String> keys) {
    private static final String REASON = " -- ";

    static Exceptions parse(List<String> lines) {
        var keys = new LinkedHashSet<String>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int reason = line.indexOf(REASON);
            if (reason < 0) {
                throw new IllegalArgumentException(
                        "exception '" + line + "' must give its reason after '" + REASON + "'");
            }
            keys.add(line.substring(0, reason).strip());
        }
        return new Exceptions(keys);
    }

    List<Finding> unexcused(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !keys.contains(finding.key()))
                .toList();
    }

    List<String> unneeded(List<Finding> findings) {
        var needed = findings.stream().map(Finding::key).toList();
        return keys.stream().filter(key -> !needed.contains(key)).toList();
    }
}
