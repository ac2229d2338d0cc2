// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hansard.ports.exchange.CallCounts;
import dev.hansard.ports.exchange.Gateway;
import dev.hansard.ports.health.NodeHealth;
import dev.hansard.ports.masking.MaskCounts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What this node says about itself: that it lives, whether it is ready and why not, and its counters. */
final class NodeState {
    static final String LIVE_PATH = "/healthz";
    static final String READY_PATH = "/readyz";

    private final Gateway gateway;
    private final NodeHealth health;

    NodeState(Gateway gateway, NodeHealth health) {
        this.gateway = gateway;
        this.health = health;
    }

    /** Always up: whoever gets this answer has met a living process. Whether to send it calls is for {@link #ready}. */
    Answer live() {
        return new Answer(200, Answer.JSON, Json.bytes(json -> json.writeStringField("status", "up")));
    }

    Answer ready() {
        List<NodeHealth.Check> checks = health.checks();
        boolean isReady = checks.stream().allMatch(NodeHealth.Check::well);
        byte[] content = Json.bytes(json -> {
            json.writeBooleanField("ready", isReady);
            json.writeArrayFieldStart("checks");
            for (NodeHealth.Check check : checks) {
                json.writeStartObject();
                json.writeStringField("name", check.name());
                json.writeBooleanField("well", check.well());
                json.writeStringField("detail", check.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        return new Answer(isReady ? 200 : 503, Answer.JSON, content);
    }

    Answer counters() {
        CallCounts counts = gateway.counts();
        return new Answer(200, Answer.JSON, Json.bytes(json -> {
            write(json, counts);
            write(json, "figures", health.figures());
        }));
    }

    private static void write(JsonGenerator json, CallCounts counts) throws IOException {
        json.writeNumberField("received", counts.received());
        json.writeNumberField("forwarded", counts.forwarded());
        json.writeNumberField("recorded", counts.recorded());
        json.writeNumberField("partial", counts.partial());
        json.writeNumberField("unrecorded", counts.unrecorded());
        write(json, "refused", counts.refused());
        json.writeNumberField("inFlight", counts.inFlight());
        MaskCounts masking = counts.masking();
        json.writeObjectFieldStart("masking");
        json.writeNumberField("failures", masking.failures());
        write(json, "withheldRequests", masking.withheldRequests());
        write(json, "withheldResponses", masking.withheldResponses());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> count : new TreeMap<>(counts).entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }
}
