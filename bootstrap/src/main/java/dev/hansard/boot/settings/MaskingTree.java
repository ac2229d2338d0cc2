// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.masking.MaskingOfService;
import dev.hansard.boot.settings.masking.MaskingSettings;
import dev.hansard.boot.settings.masking.MaskingSettings.RuleSet;
import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of masking as the keys and values of the contract. */
final class MaskingTree {
    /** In the place of a key that stands in the file; too short to be taken for one. */
    private static final String HIDDEN = "[hidden]";

    private MaskingTree() {}

    static Map<String, Object> of(MaskingSettings masking) {
        return SettingsTree.tree(
                "token-key",
                masking.tokenKey() == null ? null : HIDDEN,
                "sets",
                SettingsTree.named(masking.sets(), RuleSet::name, RuleSet::rules),
                "rules",
                SettingsTree.named(masking.rules(), MaskRule::name, MaskingTree::rule),
                "on-unparsable",
                onUnparsable(masking.detectorsOnUnparsable()),
                "defaults",
                masking.defaults());
    }

    static Map<String, Object> of(MaskingOfService masking) {
        return SettingsTree.tree(
                "apply", masking.apply(), "on-unparsable", onUnparsable(masking.detectorsOnUnparsable()));
    }

    private static String onUnparsable(boolean detectors) {
        return detectors ? "detectors" : "withhold";
    }

    private static Map<String, Object> rule(MaskRule rule) {
        MaskRule.UserPattern pattern = rule.pattern();
        return SettingsTree.tree(
                "json", listed(rule.json()),
                "form", listed(rule.form()),
                "query", listed(rule.query()),
                "headers", listed(rule.headers()),
                "cookies", listed(rule.cookies()),
                "xml", listed(rule.xml()),
                "detect", listed(rule.detect()),
                "regex", pattern == null ? null : pattern.regex(),
                "anchor", pattern == null || pattern.anchor().isEmpty() ? null : pattern.anchor(),
                "content-types", listed(rule.contentTypes()),
                "action", rule.action().word(),
                "keep-last", rule.action() instanceof MaskAction.KeepLast(int count) ? count : null,
                "label", rule.action() instanceof MaskAction.Type(String label) ? label : null);
    }

    private static @Nullable List<String> listed(List<String> texts) {
        return texts.isEmpty() ? null : texts;
    }
}
