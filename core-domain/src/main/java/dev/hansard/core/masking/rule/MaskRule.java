// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule as it was configured. It selects a value when any of its selectors does.
 *
 * @param json names at any depth ({@code cvv}), JSON Pointers with {@code *} for any member or element
 *     ({@code /items/*}{@code /owner}), or paths of the JSONPath subset ({@code $..cvc}, {@code $.items[*].owner})
 * @param form names of form and multipart fields
 * @param query names of query parameters
 * @param headers names of header and trailer fields
 * @param cookies names of cookies, whose values are hidden anyway: it says how
 * @param xml local names of elements and attributes, at any depth
 * @param detect names of built-in detectors
 * @param pattern what users look for themselves; null for none
 * @param contentTypes media ranges of the contents that the rule is limited to, so that it is for no head; empty for
 *     all contents and heads
 */
public record MaskRule(
        String name,
        MaskAction action,
        List<String> json,
        List<String> form,
        List<String> query,
        List<String> headers,
        List<String> cookies,
        List<String> xml,
        List<String> detect,
        @Nullable UserPattern pattern,
        List<String> contentTypes) {
    public MaskRule {
        json = List.copyOf(json);
        form = List.copyOf(form);
        query = List.copyOf(query);
        headers = List.copyOf(headers);
        cookies = List.copyOf(cookies);
        xml = List.copyOf(xml);
        detect = List.copyOf(detect);
        contentTypes = List.copyOf(contentTypes);
    }

    /**
     * A regular expression in RE2 syntax.
     *
     * @param anchor a literal that every match holds, so that it is run only where that stands; empty for none
     */
    public record UserPattern(String regex, String anchor) {}

    /** A rule that selects nothing yet. */
    public static MaskRuleBuilder of(String name, MaskAction action) {
        return new MaskRuleBuilder(name, action);
    }

    public Treatment treatment() {
        return new Treatment(name, action);
    }
}
