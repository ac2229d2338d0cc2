// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hansard.boot.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a backup says of itself, in its last entry.
 *
 * @param version of the Hansard that made it
 * @param node that it was made of
 * @param control the type of the control store
 * @param auditNumber of the last entry of the audit log that is in it
 * @param checkpoint the newest that the node's ledger had published; empty when there was none, or the store was away
 * @param parts what else is in it, by name
 */
public record BackupFacts(
        Instant madeAt,
        String version,
        String node,
        String control,
        long auditNumber,
        String checkpoint,
        Map<String, Part> parts) {
    static final String FORMAT = "hansard-backup 1";

    public BackupFacts {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** An entry of the archive. */
    public record Part(long bytes, String sha256) {}

    byte[] toBytes() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("format", FORMAT);
        node.put("madeAt", madeAt.toString());
        node.put("version", version);
        node.put("node", this.node);
        node.put("control", control);
        node.put("auditNumber", auditNumber);
        node.put("checkpoint", checkpoint);
        ObjectNode all = node.putObject("parts");
        parts.forEach(
                (name, part) -> all.putObject(name).put("bytes", part.bytes()).put("sha256", part.sha256()));
        return Json.pretty(node).getBytes(StandardCharsets.UTF_8);
    }

    static BackupFacts parse(byte[] bytes) throws IOException {
        JsonNode node = Json.parse(bytes);
        String format = node.path("format").asText();
        if (!format.equals(FORMAT)) {
            throw new IOException("its format is '" + format + "', but must be '" + FORMAT
                    + "'; restore it with the Hansard that made it");
        }
        var parts = new LinkedHashMap<String, Part>();
        for (Map.Entry<String, JsonNode> part : node.path("parts").properties()) {
            parts.put(
                    part.getKey(),
                    new Part(
                            part.getValue().path("bytes").asLong(-1),
                            part.getValue().path("sha256").asText()));
        }
        try {
            return new BackupFacts(
                    Instant.parse(node.path("madeAt").asText()),
                    node.path("version").asText(),
                    node.path("node").asText(),
                    node.path("control").asText(),
                    node.path("auditNumber").asLong(),
                    node.path("checkpoint").asText(),
                    parts);
        } catch (DateTimeException e) {
            throw new IOException("its manifest does not read", e);
        }
    }
}
