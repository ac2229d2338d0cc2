// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

import dev.hansard.core.masking.rule.MaskRule.UserPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a rule together from the selectors that it has. Belongs to one thread. */
public final class MaskRuleBuilder {
    private final String name;
    private final MaskAction action;
    private List<String> json = List.of();
    private List<String> form = List.of();
    private List<String> query = List.of();
    private List<String> headers = List.of();
    private List<String> cookies = List.of();
    private List<String> xml = List.of();
    private List<String> detect = List.of();
    private @Nullable UserPattern pattern;
    private List<String> contentTypes = List.of();

    MaskRuleBuilder(String name, MaskAction action) {
        this.name = name;
        this.action = action;
    }

    public MaskRuleBuilder json(List<String> selectors) {
        json = selectors;
        return this;
    }

    public MaskRuleBuilder form(List<String> names) {
        form = names;
        return this;
    }

    public MaskRuleBuilder query(List<String> names) {
        query = names;
        return this;
    }

    public MaskRuleBuilder headers(List<String> names) {
        headers = names;
        return this;
    }

    public MaskRuleBuilder cookies(List<String> names) {
        cookies = names;
        return this;
    }

    public MaskRuleBuilder xml(List<String> names) {
        xml = names;
        return this;
    }

    public MaskRuleBuilder detect(List<String> detectors) {
        detect = detectors;
        return this;
    }

    public MaskRuleBuilder pattern(@Nullable UserPattern newPattern) {
        pattern = newPattern;
        return this;
    }

    public MaskRuleBuilder contentTypes(List<String> ranges) {
        contentTypes = ranges;
        return this;
    }

    public MaskRule build() {
        return new MaskRule(name, action, json, form, query, headers, cookies, xml, detect, pattern, contentTypes);
    }
}
