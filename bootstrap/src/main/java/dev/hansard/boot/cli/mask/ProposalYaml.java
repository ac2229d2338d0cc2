// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.mask;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.scan.ScanReport.Proposal;
import dev.hansard.core.masking.scan.Selection.RuleKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Proposed rules as they are written in a configuration. */
final class ProposalYaml {
    private static final String INTRODUCTION = """
            # Rules for what `hansard mask scan` has found. Read them, put them among yours, and let services list them:
            """;

    private ProposalYaml() {}

    /** The lines of a file that can be loaded or pasted. */
    static List<String> lines(List<Proposal> proposals) {
        if (proposals.isEmpty()) {
            return List.of("# There is nothing to propose.");
        }
        List<String> lines = new ArrayList<>(List.of(INTRODUCTION.strip(), "# services:"));
        proposals.forEach(proposal ->
                lines.add("#   " + quoted(proposal.service().value()) + ": { masking: [" + proposal.set() + "] }"));
        lines.add("masking:");
        lines.add("  sets:");
        proposals.forEach(proposal -> lines.add("    " + proposal.set() + ": [" + names(proposal) + "]"));
        lines.add("  rules:");
        proposals.stream().flatMap(proposal -> proposal.rules().stream()).forEach(rule -> {
            lines.add("    " + rule.name() + ":");
            keys(rule).forEach((key, value) -> add(key, value, lines));
        });
        return lines;
    }

    private static String names(Proposal proposal) {
        return String.join(", ", proposal.rules().stream().map(MaskRule::name).toList());
    }

    /** What is written under a rule: lists, texts and numbers by their keys. */
    static Map<String, Object> keys(MaskRule rule) {
        Map<String, Object> keys = new LinkedHashMap<>();
        for (RuleKey key : RuleKey.values()) {
            if (!key.of(rule).isEmpty()) {
                keys.put(key.name().toLowerCase(Locale.ROOT), key.of(rule));
            }
        }
        keys.put("action", rule.action().word());
        if (rule.action() instanceof MaskAction.KeepLast(int count)) {
            keys.put("keep-last", count);
        }
        return keys;
    }

    private static void add(String key, Object value, List<String> lines) {
        if (value instanceof List<?> texts) {
            lines.add("      " + key + ":");
            texts.forEach(text -> lines.add("        - " + quoted(text.toString())));
        } else {
            lines.add("      " + key + ": " + value);
        }
    }

    // A scan proposes no name with anything in it that a quote in YAML would not hold.
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
