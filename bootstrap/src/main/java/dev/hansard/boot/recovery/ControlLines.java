// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hansard.boot.text.Json;
import dev.hansard.ports.recovery.ControlRow;
import dev.hansard.ports.recovery.ControlValue;
import dev.hansard.ports.recovery.ControlValue.None;
import dev.hansard.ports.recovery.ControlValue.Octets;
import dev.hansard.ports.recovery.ControlValue.Text;
import dev.hansard.ports.recovery.ControlValue.Texts;
import dev.hansard.ports.recovery.ControlValue.Time;
import dev.hansard.ports.recovery.ControlValue.Truth;
import dev.hansard.ports.recovery.ControlValue.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A row of the control data as a line of JSON: {@code {"table":"audit","values":{"number":{"whole":7},...}}}. */
final class ControlLines {
    /** The longest line that is read. */
    static final int MAX_LINE = 16 * 1024 * 1024;

    private ControlLines() {}

    static byte[] line(ControlRow row) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode values = nodes.objectNode();
        row.values().forEach((column, value) -> values.set(column, node(nodes, value)));
        ObjectNode line = nodes.objectNode();
        line.put("table", row.table());
        line.set("values", values);
        return (Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode node(JsonNodeFactory nodes, ControlValue value) {
        ObjectNode node = nodes.objectNode();
        switch (value) {
            case None _ -> {
                return nodes.nullNode();
            }
            case Text(String it) -> node.put("text", it);
            case Whole(long it) -> node.put("whole", it);
            case Truth(boolean it) -> node.put("truth", it);
            case Time(Instant it) -> node.put("time", it.toString());
            case ControlValue.Id(UUID it) -> node.put("id", it.toString());
            case Octets(String it) -> node.put("octets", it);
            case Texts(var it) -> it.forEach(node.putArray("texts")::add);
        }
        return node;
    }

    static ControlRow row(byte[] line) throws IOException {
        try {
            JsonNode node = Json.parse(line);
            var values = new LinkedHashMap<String, ControlValue>();
            for (Map.Entry<String, JsonNode> column : node.path("values").properties()) {
                values.put(column.getKey(), value(column.getValue()));
            }
            return new ControlRow(node.path("table").asText(), values);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("a row of the control data does not read", e);
        }
    }

    private static ControlValue value(JsonNode node) throws IOException {
        if (node.isNull()) {
            return ControlValue.NONE;
        }
        if (node.size() != 1) {
            throw new IOException("a value of the control data does not read");
        }
        Map.Entry<String, JsonNode> only = node.properties().iterator().next();
        JsonNode it = only.getValue();
        return switch (only.getKey()) {
            case "text" -> new Text(it.asText());
            case "whole" -> new Whole(it.asLong());
            case "truth" -> new Truth(it.asBoolean());
            case "time" -> new Time(Instant.parse(it.asText()));
            case "id" -> new ControlValue.Id(UUID.fromString(it.asText()));
            case "octets" -> new Octets(it.asText());
            case "texts" -> {
                var texts = new ArrayList<String>();
                it.forEach(text -> texts.add(text.asText()));
                yield new Texts(texts);
            }
            default -> throw new IOException("the control data have values of the kind '" + only.getKey() + "'");
        };
    }
}
