// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.TextWidth;
import dev.hansard.boot.text.Visible;
import java.util.ArrayList;
import java.util.List;

/** An approval as people read it: what is known of it, and the request as it will be sent, masked. */
final class ApprovalText {
    private static final int NAMES = 11;

    private final JsonNode approval;
    private final ApprovalRow row;
    private final List<String> lines = new ArrayList<>();

    private ApprovalText(JsonNode approval) {
        this.approval = approval;
        this.row = new ApprovalRow(approval);
    }

    static List<String> of(JsonNode approval) {
        var text = new ApprovalText(approval);
        text.summary();
        text.request();
        return text.lines;
    }

    private void summary() {
        line("approval", row.id());
        line("state", Json.text(approval, "state"));
        line("message", Json.text(approval, "message"));
        line("reason", Json.text(approval, "reason"));
        line("service", Json.text(approval, "service"));
        line("caller", Json.text(approval, "caller", "provider") + "/" + Json.text(approval, "caller", "subject"));
        row.policies().forEach(policy -> line("asked by", policy));
        line("left", row.left() + ", until " + Json.text(approval, "expiresAt"));
        line("session", Json.text(approval, "session"));
        line("digest", Json.text(approval, "digest"));
        for (JsonNode decision : approval.path("decisions")) {
            String comment = Json.text(decision, "comment");
            line(
                    "decided",
                    Json.text(decision, "verdict") + " by " + Json.text(decision, "provider") + "/"
                            + Json.text(decision, "subject") + " at " + Json.text(decision, "at")
                            + (comment.isEmpty() ? "" : ": " + comment));
        }
        JsonNode decide = approval.path("decide");
        if (decide.has("may")) {
            line("you", decide.path("may").asBoolean() ? "may decide on it" : Json.text(decide, "why"));
        }
    }

    private void line(String name, String value) {
        if (!value.isEmpty()) {
            lines.add(TextWidth.padRight(name, NAMES) + Visible.inLine(value));
        }
    }

    private void request() {
        JsonNode request = approval.path("request");
        lines.add("");
        lines.add(Visible.inLine(Json.text(request, "method") + " " + Json.text(request, "target")));
        lines.add("(asked for at " + Visible.inLine(Json.text(request, "host")) + ")");
        for (JsonNode field : request.path("headers")) {
            lines.add(
                    Visible.inLine(field.path(0).asText() + ": " + field.path(1).asText()));
        }
        JsonNode body = request.path("body");
        lines.add("");
        if (body.has("text")) {
            Visible.inBlock(body.path("text").asText()).lines().forEach(lines::add);
        } else {
            String why = Json.text(request, "maskReason");
            lines.add("(" + request.path("bodyBytes").asLong() + " bytes of content"
                    + (why.isEmpty() ? "" : ", withheld: " + Visible.inLine(why))
                    + (body.has("base64") ? ", not text; -o json has it" : "") + ")");
        }
        if (body.path("cut").asBoolean()) {
            lines.add("(only the beginning is shown)");
        }
    }
}
