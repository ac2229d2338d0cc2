// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hansard.boot.wiring.NodeClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoIssuerTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String GRANT = "grant_type=client_credentials";

    private final DemoIssuer issuer = new DemoIssuer(NodeClock.system());
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        issuer.close();
    }

    private HttpResponse<String> ask(String form) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(issuer.url() + "/token")).POST(BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(issuer.url() + path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode part(String token, int index) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]));
    }

    @Test
    void givesAServiceATokenThatNamesItAndSoonEnds() throws Exception {
        String token = new DemoTokens(issuer.url(), client, System::nanoTime).of(DemoCast.BILLING);

        assertThat(part(token, 0).get("typ").asText()).isEqualTo("at+jwt");
        JsonNode claims = part(token, 1);
        assertThat(claims.get("iss").asText()).isEqualTo(issuer.url());
        assertThat(claims.get("sub").asText()).isEqualTo("billing");
        assertThat(claims.get("groups")).extracting(JsonNode::asText).containsExactly("finance", "payments");
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(60);
    }

    @Test
    void takesTheSecretInTheFormToo() throws Exception {
        HttpResponse<String> answer = ask(GRANT + "&client_id=checkout&client_secret=checkout-demo");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(JSON.readTree(answer.body()).get("expires_in").asInt()).isEqualTo(60);
    }

    @Test
    void refusesWhoeverHasNotTheSecret() throws Exception {
        HttpResponse<String> answer = ask(GRANT + "&client_id=checkout&client_secret=guessed");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Basic realm=\"demo\"");
        assertThat(answer.body()).isEqualTo("{\"error\":\"invalid_client\"}");
    }

    @Test
    void refusesOtherGrants() throws Exception {
        HttpResponse<String> answer = ask("grant_type=password&client_id=checkout&client_secret=checkout-demo");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"unsupported_grant_type\"}");
    }

    @Test
    void refusesARequestThatIsTooLong() throws Exception {
        assertThat(ask(GRANT + "&filling=" + "x".repeat(10_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void pointsToItsKeysAndPublishesNoPrivateOne() throws Exception {
        JsonNode document =
                JSON.readTree(get("/.well-known/openid-configuration").body());
        JsonNode key = JSON.readTree(get("/keys").body()).get("keys").get(0);

        assertThat(document.get("jwks_uri").asText()).isEqualTo(issuer.url() + "/keys");
        assertThat(key.get("kty").asText()).isEqualTo("EC");
        assertThat(key.has("d")).isFalse();
    }

    @Test
    void showsWhoIsThere() throws Exception {
        String page = get("/").body();

        assertThat(page)
                .contains("(dev)", "(reviewer)", "(auditor)", "(admin)", "checkout", "billing")
                .contains("./hansard login");
    }
}
