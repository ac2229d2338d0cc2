// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the admin API of a node. */
final class Admin implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String base;

    private Admin(int port) {
        base = "http://127.0.0.1:" + port;
    }

    static Admin of(JarNode node) {
        return new Admin(node.adminPort());
    }

    HttpResponse<String> get(String path) {
        try {
            return send(request(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has what is due removed. */
    HttpResponse<String> prune() throws IOException {
        return send(request("/api/v1/retention:prune").POST(BodyPublishers.noBody()));
    }

    /** Has a session removed for good. */
    HttpResponse<String> erase(String id) throws IOException {
        return send(request("/api/v1/sessions/" + id)
                .header("Hansard-Reason", "request of the data subject")
                .DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return parse(answer.body());
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode session(String id) {
        return json("/api/v1/sessions/" + id);
    }

    /** All sessions that a query finds, page by page. */
    List<JsonNode> sessions(String query) {
        List<JsonNode> found = new ArrayList<>();
        String path = "/api/v1/sessions?limit=1000&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        JsonNode page = json(path);
        page.get("items").forEach(found::add);
        while (page.has("nextCursor")) {
            page = json(path + "&cursor=" + page.get("nextCursor").asText());
            page.get("items").forEach(found::add);
        }
        return found;
    }

    boolean isReady() {
        return get("/readyz").statusCode() == 200;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
