// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.policy.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Explanations as the API writes them, and as people read them. */
final class ExplanationText {
    private static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("POLICY", false, false, 0),
            new Table.Column("ACTION", false, false, 0),
            new Table.Column("FIT", false, false, 0),
            new Table.Column("WHY", false, true, 1));

    private ExplanationText() {}

    /** What the API would answer. */
    static JsonNode document(Explanation explanation) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (explanation.service() != null) {
            document.put("service", explanation.service().value());
        }
        document.put("path", explanation.path());
        document.put("outcome", outcome(explanation));
        Refusal refusal = explanation.refusal();
        if (refusal != null) {
            document.put(
                    "refusal", Map.of("status", refusal.status(), "code", refusal.code(), "detail", refusal.detail()));
        }
        Decision decision = explanation.decision();
        if (decision.isSaid()) {
            document.put(
                    "decision",
                    Map.of(
                            "action", decision.outcome().word(),
                            "policies", decision.policies(),
                            "observed", decision.observed(),
                            "version", decision.version()));
        }
        document.put(
                "policies",
                explanation.policies().stream().map(ExplanationText::line).toList());
        return Json.tree(document);
    }

    static String outcome(Explanation explanation) {
        if (explanation.refusal() != null) {
            return "refused";
        }
        return explanation.action() == Action.REQUIRE_APPROVAL ? "needs-approval" : "allowed";
    }

    private static Map<String, Object> line(Explanation.Line line) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("policy", line.policy());
        shown.put("action", line.action().word());
        shown.put("observe", line.observe());
        shown.put("fit", line.fit().word());
        if (!line.why().isEmpty()) {
            shown.put("why", line.why());
        }
        return shown;
    }

    /** For people. */
    static List<String> lines(JsonNode explanation, int columns) {
        var lines = new ArrayList<String>();
        String service = Json.text(explanation, "service");
        lines.add("service  " + (service.isEmpty() ? "none" : service));
        lines.add("path     " + Json.text(explanation, "path"));
        lines.add("outcome  " + Json.text(explanation, "outcome"));
        if (explanation.has("refusal")) {
            lines.add("answer   " + Json.text(explanation, "refusal", "status") + " "
                    + Json.text(explanation, "refusal", "code"));
            lines.add("         " + Json.text(explanation, "refusal", "detail"));
        }
        if (explanation.has("decision")) {
            lines.add("version  " + Json.text(explanation, "decision", "version"));
        }
        JsonNode policies = explanation.path("policies");
        if (!policies.isEmpty()) {
            lines.add("");
            var table = new Table(COLUMNS, columns);
            policies.forEach(policy -> table.add(List.of(
                    Json.text(policy, "policy"),
                    Json.text(policy, "action") + (policy.path("observe").asBoolean() ? " (observes)" : ""),
                    Json.text(policy, "fit"),
                    Json.text(policy, "why"))));
            lines.addAll(table.lines());
        }
        return lines;
    }
}
