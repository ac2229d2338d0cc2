// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.text.Figures;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import dev.hansard.boot.text.Visible;
import java.util.ArrayList;
import java.util.List;

/** An approval as a row of a table. What was recorded is made safe to print. */
record ApprovalRow(JsonNode approval) {
    static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("ID", false, false, 0),
            new Table.Column("STATE", false, false, 0),
            new Table.Column("LEFT", true, false, 1),
            new Table.Column("GIVEN", true, false, 2),
            new Table.Column("SERVICE", false, false, 3),
            new Table.Column("CALLER", false, false, 4),
            new Table.Column("METHOD", false, false, 0),
            new Table.Column("TARGET", false, true, 0));

    String id() {
        return Json.text(approval, "id");
    }

    /** The cells of {@link #COLUMNS}. */
    List<String> cells() {
        return List.of(
                id(),
                Json.text(approval, "state"),
                left(),
                given() + "/" + needed(),
                Json.text(approval, "service"),
                caller(),
                Visible.inLine(Json.text(approval, "request", "method")),
                Visible.inLine(Json.text(approval, "request", "target")));
    }

    /** How long it can be decided or used; a dash when it cannot. */
    String left() {
        long millis = approval.path("leftMs").asLong();
        return millis > 0 ? Figures.duration((double) millis) : "-";
    }

    String caller() {
        return Visible.inLine(
                Json.text(approval, "caller", "provider") + "/" + Json.text(approval, "caller", "subject"));
    }

    /** How many have approved. */
    int given() {
        int given = 0;
        for (JsonNode decision : approval.path("decisions")) {
            given += Json.text(decision, "verdict").equals("approve") ? 1 : 0;
        }
        return given;
    }

    /** How many have to, by the policy that wants most. */
    int needed() {
        int needed = 1;
        for (JsonNode policy : approval.path("policies")) {
            needed = Math.max(needed, policy.path("needed").asInt());
        }
        return needed;
    }

    /** The names of the policies that ask for it, with whom they ask. */
    List<String> policies() {
        var policies = new ArrayList<String>();
        for (JsonNode policy : approval.path("policies")) {
            var reviewers = new ArrayList<String>();
            policy.path("reviewers").forEach(reviewer -> reviewers.add(reviewer.asText()));
            String whom = reviewers.isEmpty() ? "" : " of " + String.join(", ", reviewers);
            policies.add(Visible.inLine(
                    Json.text(policy, "name") + ": " + policy.path("needed").asInt() + whom));
        }
        return policies;
    }
}
