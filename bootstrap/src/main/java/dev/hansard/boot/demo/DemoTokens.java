// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.demo.DemoCast.Client;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gets tokens from the issuer as a service would, and keeps each until shortly before its end. For one thread. */
final class DemoTokens {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration KEPT = DemoIssuer.LIFE.minusSeconds(10);
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private final URI endpoint;
    private final HttpClient client;
    private final LongSupplier nanos;
    private final Map<Client, Held> held = new HashMap<>();

    private record Held(String token, long since) {}

    DemoTokens(String issuer, HttpClient client, LongSupplier nanos) {
        this.endpoint = URI.create(issuer + "/token");
        this.client = client;
        this.nanos = nanos;
    }

    String of(Client caller) throws IOException, InterruptedException {
        long now = nanos.getAsLong();
        Held known = held.get(caller);
        if (known == null || now - known.since() > KEPT.toNanos()) {
            known = new Held(asked(caller), now);
            held.put(caller, known);
        }
        return known.token();
    }

    private String asked(Client caller) throws IOException, InterruptedException {
        byte[] shown = (caller.id() + ":" + caller.secret()).getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(shown))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        Matcher token = TOKEN.matcher(answer.body());
        if (!token.find()) {
            throw new IOException("the demo's issuer gave no token, but " + answer.statusCode());
        }
        return token.group(1);
    }
}
