// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.NameRules;
import java.nio.charset.StandardCharsets;

/** Masks the query of a request-target as a form, by the rules of queries. Belongs to one thread. */
public final class QueryMasker {
    private final NameRules rules;
    private final ValueMasking values;
    private final Contents contents;

    /**
     * One for the queries of one message.
     *
     * @param rules of query parameters
     */
    public QueryMasker(NameRules rules, ValueMasking values, Contents contents) {
        this.rules = rules;
        this.values = values;
        this.contents = contents;
    }

    /**
     * The target with its query masked; what stands before the first {@code ?} and from {@code #} on stays.
     *
     * @param target one char for each byte, as it was received
     * @return the very string when nothing is masked
     */
    public String mask(String target) {
        int start = target.indexOf('?') + 1;
        int fragment = target.indexOf('#', start);
        int end = fragment < 0 ? target.length() : fragment;
        if (start == 0 || start == end) {
            return target;
        }
        byte[] query = target.substring(start, end).getBytes(StandardCharsets.ISO_8859_1);
        var out = new MaskedBytes(query.length);
        var masker = new FormMasker(rules, values, contents, 0, out, "query:");
        masker.feed(query, 0, query.length);
        masker.finish();
        var masked = new String(out.array(), 0, out.size(), StandardCharsets.ISO_8859_1);
        String whole = target.substring(0, start) + masked + target.substring(end);
        return whole.equals(target) ? target : whole;
    }
}
