// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/**
 * The OpenAPI document, read for tests. Its schemas are open, so that members can be added; to find a member that it
 * does not describe, this copy closes every object.
 */
final class Contract {
    private final JsonNode document;

    private Contract(JsonNode document) {
        this.document = document;
    }

    static Contract load() throws IOException {
        try (InputStream in = Contract.class.getResourceAsStream("openapi.yaml")) {
            return new Contract(new YAMLMapper().readTree(Objects.requireNonNull(in)));
        }
    }

    JsonNode document() {
        return document;
    }

    /** What {@code value} breaks of the schema that the operation has for this answer. */
    List<Error> errors(String path, int status, String mediaType, JsonNode value) {
        JsonNode operations = document.path("paths").path(path);
        JsonNode responses =
                operations.path(operations.has("get") ? "get" : "post").path("responses");
        JsonNode response = resolve(
                responses.has(Integer.toString(status))
                        ? responses.get(Integer.toString(status))
                        : responses.get("default"));
        JsonNode schema = response.path("content").path(mediaType).path("schema");
        if (schema.isMissingNode()) {
            throw new AssertionError("The contract has no " + mediaType + " for " + status + " of " + path);
        }
        return errors(schema, value);
    }

    List<Error> errors(JsonNode schema, JsonNode value) {
        ObjectNode root = document.deepCopy();
        ObjectNode entry = schema.deepCopy();
        entry.put("unevaluatedProperties", false);
        close(root.path("components").path("schemas"));
        close(entry);
        entry.set("components", root.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://hansard.test/schema"), entry)
                .validate(value);
    }

    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }

    private static void close(JsonNode node) {
        node.path("properties").forEach(Contract::closeOne);
        closeOne(node.path("items"));
        node.forEach(Contract::close);
    }

    private static void closeOne(JsonNode schema) {
        if (schema instanceof ObjectNode object && !object.has("additionalProperties")) {
            object.put("unevaluatedProperties", false);
        }
    }
}
