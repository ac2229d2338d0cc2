// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The contract of the API, and an index for who comes by. */
final class Documents {
    static final String CONTRACT_PATH = "/api/openapi.yaml";

    private static final String CONTRACT = "openapi.yaml";

    private final byte[] contract;

    private Documents(byte[] contract) {
        this.contract = contract;
    }

    static Documents load() {
        try (InputStream in = Documents.class.getResourceAsStream(CONTRACT)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + CONTRACT + "; build it again");
            }
            return new Documents(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("The jar holds a damaged " + CONTRACT + "; build it again", e);
        }
    }

    Answer contract() {
        return new Answer(200, "application/yaml", contract);
    }

    /** What can be asked here. */
    Answer index(List<Route> routes) {
        return new Answer(200, Answer.JSON, Json.bytes(json -> {
            json.writeStringField("name", "hansard");
            json.writeStringField("contract", CONTRACT_PATH);
            json.writeArrayFieldStart("paths");
            for (Route route : routes) {
                json.writeString(route.template());
            }
            json.writeEndArray();
        }));
    }
}
