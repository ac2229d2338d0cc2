// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hansard.ports.config.Reloading;
import dev.hansard.ports.config.Reloading.Remark;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.Explanation;
import dev.hansard.ports.policy.PolicyDesk;
import java.io.IOException;
import java.util.List;

/** Shows and tries the policies in force, and has the configuration read again. */
final class PolicyCalls {
    private final PolicyDesks desks;

    PolicyCalls(PolicyDesks desks) {
        this.desks = desks;
    }

    void list(Exchange exchange) {
        exchange.query();
        PolicyDesk.InForce inForce = desks.policies().inForce(exchange.visitor());
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> {
            json.writeStringField("version", inForce.version());
            json.writeStringField("unmatched", inForce.unmatched().word());
            json.writeNumberField("bodyBytes", inForce.bodyBytes());
            json.writeArrayFieldStart("items");
            for (PolicyDesk.Counted policy : inForce.policies()) {
                write(json, policy);
            }
            json.writeEndArray();
        })));
    }

    private static void write(JsonGenerator json, PolicyDesk.Counted policy) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", policy.name());
        json.writeStringField("action", policy.action().word());
        json.writeBooleanField("observe", policy.observe());
        json.writeArrayFieldStart("services");
        for (String service : policy.services()) {
            json.writeString(service);
        }
        json.writeEndArray();
        writeUnlessEmpty(json, "expr", policy.expression());
        writeUnlessEmpty(json, "message", policy.message());
        json.writeStringField("place", policy.place());
        json.writeNumberField("applied", policy.applied());
        json.writeNumberField("failed", policy.failed());
        json.writeEndObject();
    }

    void explain(Exchange exchange) {
        exchange.query();
        var trial = TrialReader.read(exchange.content(TrialReader.MEMBERS));
        Explanation explanation = desks.policies().explain(exchange.visitor(), trial);
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> write(json, explanation))));
    }

    private static void write(JsonGenerator json, Explanation explanation) throws IOException {
        if (explanation.service() != null) {
            json.writeStringField("service", explanation.service().value());
        }
        json.writeStringField("path", explanation.path());
        json.writeStringField("outcome", outcome(explanation));
        Refusal refusal = explanation.refusal();
        if (refusal != null) {
            json.writeObjectFieldStart("refusal");
            json.writeNumberField("status", refusal.status());
            json.writeStringField("code", refusal.code());
            json.writeStringField("detail", refusal.detail());
            json.writeEndObject();
        }
        SessionJson.write(json, explanation.decision());
        json.writeArrayFieldStart("policies");
        for (Explanation.Line line : explanation.policies()) {
            json.writeStartObject();
            json.writeStringField("policy", line.policy());
            json.writeStringField("action", line.action().word());
            json.writeBooleanField("observe", line.observe());
            json.writeStringField("fit", line.fit().word());
            writeUnlessEmpty(json, "why", line.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String outcome(Explanation explanation) {
        if (explanation.refusal() != null) {
            return "refused";
        }
        return explanation.action() == Action.REQUIRE_APPROVAL ? "needs-approval" : "allowed";
    }

    void reload(Exchange exchange) {
        exchange.query();
        switch (desks.config().reload(exchange.visitor())) {
            case Reloading.Applied applied ->
                exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> write(json, applied))));
            // It is an answer and no fault: what is wrong are the files.
            case Reloading.Kept(List<Remark> problems) ->
                exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> {
                    json.writeBooleanField("applied", false);
                    write(json, "problems", problems);
                })));
            case Reloading.Unchangeable.NO_FILE ->
                throw new RefusedException(
                        409, "no_configuration_file", "This node was started without a file that could be read again.");
        }
    }

    private static void write(JsonGenerator json, Reloading.Applied applied) throws IOException {
        json.writeBooleanField("applied", true);
        json.writeStringField("version", applied.version());
        write(json, "problems", applied.warnings());
        writeNames(json, "changed", applied.changed());
        writeNames(json, "needRestart", applied.needRestart());
    }

    private static void writeNames(JsonGenerator json, String member, List<String> names) throws IOException {
        json.writeArrayFieldStart(member);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String member, List<Remark> remarks) throws IOException {
        json.writeArrayFieldStart(member);
        for (Remark remark : remarks) {
            json.writeStartObject();
            json.writeStringField("at", remark.at());
            json.writeStringField("severity", remark.isError() ? "error" : "warning");
            json.writeStringField("message", remark.message());
            writeUnlessEmpty(json, "hint", remark.hint());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeUnlessEmpty(JsonGenerator json, String member, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(member, text);
        }
    }
}
