// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalQuery;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.InvalidValueException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows the requests that wait for people, and takes what they decide. */
final class ApprovalCalls {
    private static final int USUAL_LIMIT = 50;
    private static final String STATE = "state";
    private static final String COMMENT = "comment";
    private static final String DIGEST = "digest";

    private final @Nullable ApprovalDesks desks;

    ApprovalCalls(@Nullable ApprovalDesks desks) {
        this.desks = desks;
    }

    /** Those that there are. */
    static ApprovalDesks opened(@Nullable ApprovalDesks desks) {
        if (desks == null) {
            throw new RefusedException(
                    503,
                    "approvals_unavailable",
                    "The control store of this node keeps no approvals; choose h2 or postgresql for storage.control.");
        }
        return desks;
    }

    void list(Exchange exchange) {
        ApprovalDesks open = opened(desks);
        QueryParameters query = exchange.query(STATE, "cursor", "limit");
        int limit = (int) query.number("limit", USUAL_LIMIT, 1, ApprovalQuery.MOST);
        List<Approval> found =
                open.desk().list(exchange.visitor(), states(query.get(STATE)), cursor(query.get("cursor")), limit);
        Instant now = open.wall().instant();
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> {
            json.writeArrayFieldStart("items");
            for (Approval approval : found) {
                json.writeStartObject();
                ApprovalJson.writeRow(json, approval, now);
                json.writeEndObject();
            }
            json.writeEndArray();
            if (found.size() == limit) {
                json.writeStringField("nextCursor", found.getLast().id().toString());
            }
        })));
    }

    /** Several with commas between them; none stands for all. */
    private static Set<ApprovalState> states(@Nullable String text) {
        Set<ApprovalState> states = EnumSet.noneOf(ApprovalState.class);
        if (text == null) {
            return states;
        }
        for (String word : text.split(",", -1)) {
            states.add(Arrays.stream(ApprovalState.values())
                    .filter(state -> state.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> RefusedException.invalidParameter("Parameter 'state' must be of "
                            + Arrays.stream(ApprovalState.values())
                                    .map(ApprovalState::word)
                                    .collect(Collectors.joining(", "))
                            + ", with commas between them.")));
        }
        return states;
    }

    private static @Nullable ApprovalId cursor(@Nullable String text) {
        try {
            return text == null ? null : ApprovalId.parse(text);
        } catch (InvalidValueException _) {
            throw RefusedException.invalidParameter("Parameter 'cursor' must be the nextCursor of a page.");
        }
    }

    void show(Exchange exchange) {
        ApprovalDesks open = opened(desks);
        exchange.query();
        Approval approval = open.desk().show(exchange.visitor(), id(exchange));
        if (approval == null) {
            throw none();
        }
        send(exchange, open, approval);
    }

    private static void send(Exchange exchange, ApprovalDesks open, Approval approval) {
        Refusal objection = open.desk().objection(exchange.visitor(), approval);
        Instant now = open.wall().instant();
        exchange.send(
                new Answer(200, Answer.JSON, Json.bytes(json -> ApprovalJson.write(json, approval, objection, now))));
    }

    private static ApprovalId id(Exchange exchange) {
        try {
            return ApprovalId.parse(exchange.pathPart("id"));
        } catch (InvalidValueException _) {
            throw none();
        }
    }

    private static RefusedException none() {
        return new RefusedException(404, "no_approval", "There is no such approval.");
    }

    void approve(Exchange exchange) {
        decide(exchange, Vote.Verdict.APPROVE);
    }

    void deny(Exchange exchange) {
        decide(exchange, Vote.Verdict.DENY);
    }

    private void decide(Exchange exchange, Vote.Verdict verdict) {
        ApprovalDesks open = opened(desks);
        exchange.query();
        ApprovalId id = id(exchange);
        JsonNode content = exchange.content(List.of(COMMENT, DIGEST));
        String comment = content.has(COMMENT) ? text(content, COMMENT) : "";
        requireShort(comment);
        send(
                exchange,
                open,
                open.desk()
                        .decide(exchange.visitor(), id, verdict, comment, text(content, DIGEST))
                        .withoutContent());
    }

    private static String text(JsonNode content, String name) {
        JsonNode value = content.get(name);
        if (value == null || !value.isTextual()) {
            throw RefusedException.invalidContent("'" + name + "' must be text.");
        }
        return value.textValue();
    }

    static void requireShort(String comment) {
        if (comment.length() > Vote.LONGEST_COMMENT) {
            throw RefusedException.invalidContent(
                    "A comment must have at most " + Vote.LONGEST_COMMENT + " characters.");
        }
    }
}
