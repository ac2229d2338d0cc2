// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.demo.DemoCast.Client;
import dev.hansard.boot.wiring.NodeClock;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * An OpenID Connect issuer on a socket of its own, of which the demo needs little: its document, its keys, and tokens
 * for services by the client credentials grant (RFC 6749 section 4.4). Its first page shows who is there.
 */
final class DemoIssuer implements AutoCloseable {
    /** What it calls the gateway. */
    static final String AUDIENCE = "hansard";

    /** Short, so that renewing can be seen; a real issuer gives minutes. */
    static final Duration LIFE = Duration.ofSeconds(60);

    private static final int LARGEST_REQUEST = 8 * 1024;
    private static final Header NO_STORE = HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store");

    private final NodeClock clock;
    private final DemoKey key = new DemoKey();
    private final WebServer server;

    DemoIssuer(NodeClock clock) {
        this.clock = clock;
        this.server = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .shutdownHook(false)
                .maxPayloadSize(LARGEST_REQUEST)
                .routing(HttpRouting.builder()
                        .get("/.well-known/openid-configuration", (_, response) -> json(response, 200, document()))
                        .get("/keys", (_, response) -> json(response, 200, key.published()))
                        .post("/token", (request, response) -> answer(TokenRequest.read(request), response))
                        .get("/", (_, response) -> page(response)))
                .build()
                .start();
    }

    /** The {@code iss} of its tokens, and where it is. */
    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    private String document() {
        return """
                {"issuer":"%1$s","jwks_uri":"%1$s/keys","token_endpoint":"%1$s/token",\
                "grant_types_supported":["client_credentials"],"response_types_supported":[],\
                "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["ES256"],\
                "token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"]}""".formatted(url());
    }

    private void answer(TokenRequest request, ServerResponse response) {
        response.header(NO_STORE);
        switch (request) {
            case TokenRequest.Granted(Client client) ->
                json(response, 200, """
                        {"access_token":"%s","token_type":"Bearer","expires_in":%d}""".formatted(token(client), LIFE.toSeconds()));
            case TokenRequest.UnknownClient _ -> {
                response.header(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"demo\"");
                error(response, 401, "invalid_client");
            }
            case TokenRequest.OtherGrant _ -> error(response, 400, "unsupported_grant_type");
        }
    }

    private String token(Client client) {
        long now = clock.wall().instant().getEpochSecond();
        String groups = client.groups().stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
        return key.signed("""
                {"iss":"%1$s","aud":"%2$s","sub":"%3$s","client_id":"%3$s","groups":%4$s,\
                "iat":%5$d,"exp":%6$d,"jti":"%7$016x"}""".formatted(
                        url(),
                        AUDIENCE,
                        client.id(),
                        groups,
                        now,
                        now + LIFE.toSeconds(),
                        clock.random().nextLong()));
    }

    private void page(ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        response.header(HeaderNames.create("Content-Security-Policy"), "default-src 'none'; style-src 'unsafe-inline'");
        response.send(DemoPage.of(url()));
    }

    private static void error(ServerResponse response, int status, String error) {
        json(response, status, "{\"error\":\"" + error + "\"}");
    }

    private static void json(ServerResponse response, int status, String content) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(content);
    }

    @Override
    public void close() {
        server.stop();
    }
}
