// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.digest;

import dev.hansard.core.credential.shape.Percent;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What Hansard puts into a request for its target alone. Nobody who approves sees the values, so they are bound by name
 * and version, and the places where they stand are left out of what is compared. No caller can send anything there:
 * what it sends by these names is taken out.
 *
 * @param versions names and versions; empty for nothing
 * @param fields names in lower case
 * @param parameters names of query pairs
 */
public record Added(String versions, Set<String> fields, Set<String> parameters) {
    public static final Added NOTHING = new Added("", Set.of(), Set.of());

    public Added {
        fields = Set.copyOf(fields);
        parameters = Set.copyOf(parameters);
    }

    /** Whether a field is one of these. */
    boolean has(String field) {
        return fields.contains(field.toLowerCase(Locale.ROOT));
    }

    /** A target without these pairs, and without empty ones, which go when pairs are put in. */
    String without(String target) {
        int question = target.indexOf('?');
        if (parameters.isEmpty() || question < 0) {
            return target;
        }
        var kept = new StringJoiner("&", target.substring(0, question + 1), "")
                .setEmptyValue(target.substring(0, question));
        for (String pair : target.substring(question + 1).split("&", -1)) {
            if (!pair.isEmpty() && !isAdded(pair)) {
                kept.add(pair);
            }
        }
        return kept.toString();
    }

    private boolean isAdded(String pair) {
        int equals = pair.indexOf('=');
        return parameters.contains(Percent.decoded(equals < 0 ? pair : pair.substring(0, equals), true));
    }
}
