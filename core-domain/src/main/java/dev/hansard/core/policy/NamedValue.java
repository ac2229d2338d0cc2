// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.exchange.Fields;
import java.util.List;

/**
 * A condition on a header field or a query parameter. It may be sent several times; one that fits is enough.
 *
 * @param name of a field in lower case; of a parameter as it is
 * @param values what its value may be; none means that it must not be there
 */
public record NamedValue(String name, List<TextGlob> values) {
    public NamedValue {
        values = List.copyOf(values);
    }

    boolean fitsFields(Fields fields) {
        boolean seen = false;
        for (int i = fields.find(name, 0); i >= 0; i = fields.find(name, i + 1)) {
            seen = true;
            if (!values.isEmpty() && fits(fields.value(i))) {
                return true;
            }
        }
        return values.isEmpty() && !seen;
    }

    boolean fitsQuery(String query) {
        boolean seen = false;
        // The first char is the question mark.
        for (int from = 1; from <= query.length(); ) {
            int end = QueryText.end(query, from);
            int equals = QueryText.equalsSign(query, from, end);
            if (QueryText.is(name, query, from, equals)) {
                seen = true;
                if (!values.isEmpty() && fits(QueryText.decoded(query, Math.min(equals + 1, end), end))) {
                    return true;
                }
            }
            from = end + 1;
        }
        return values.isEmpty() && !seen;
    }

    private boolean fits(String value) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isAny() || values.get(i).matches(value)) {
                return true;
            }
        }
        return false;
    }
}
