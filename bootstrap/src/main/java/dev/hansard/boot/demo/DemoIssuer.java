// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.demo;

import dev.hansard.boot.demo.DemoCast.Client;
import dev.hansard.boot.demo.DemoCast.Person;
import dev.hansard.boot.demo.DemoSignIns.Progress;
import dev.hansard.boot.demo.DemoSignIns.Proof;
import dev.hansard.boot.wiring.NodeClock;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect issuer on a socket of its own, of which the demo needs little: its document, its keys, tokens for
 * services by the client credentials grant (RFC 6749 section 4.4), and sign-in for people with a browser or a command
 * line. Its first page shows who is there.
 */
final class DemoIssuer implements AutoCloseable {
    /** What it calls the gateway. */
    static final String AUDIENCE = "hansard";

    /** Short, so that renewing can be seen; a real issuer gives minutes. */
    static final Duration LIFE = Duration.ofSeconds(60);

    private static final int LARGEST_REQUEST = 8 * 1024;
    private static final int INTERVAL_SECONDS = 1;
    private static final String CODE = "user_code";
    private static final Header NO_STORE = HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store");

    private final NodeClock clock;
    private final DemoSignIns signIns;
    private final DemoKey key = new DemoKey();
    private final WebServer server;

    DemoIssuer(NodeClock clock) {
        this.clock = clock;
        this.signIns = new DemoSignIns(clock);
        this.server = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .shutdownHook(false)
                .maxPayloadSize(LARGEST_REQUEST)
                .routing(HttpRouting.builder()
                        .get("/.well-known/openid-configuration", (_, response) -> json(response, 200, document()))
                        .get("/keys", (_, response) -> json(response, 200, key.published()))
                        .post("/token", (request, response) -> answer(TokenRequest.read(request), response))
                        .post("/device", this::begin)
                        .get("/authorize", this::ask)
                        .get("/pick", this::pick)
                        .get("/activate", this::activate)
                        .get("/", (_, response) -> page(response, 200, DemoPage.of(url()))))
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
                "authorization_endpoint":"%1$s/authorize","device_authorization_endpoint":"%1$s/device",\
                "grant_types_supported":["client_credentials","authorization_code",\
                "urn:ietf:params:oauth:grant-type:device_code"],"response_types_supported":["code"],\
                "code_challenge_methods_supported":["S256"],"authorization_response_iss_parameter_supported":true,\
                "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["ES256"],\
                "token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"]}""".formatted(url());
    }

    private void answer(TokenRequest request, ServerResponse response) {
        response.header(NO_STORE);
        switch (request) {
            case TokenRequest.Granted(Client client) -> grant(response, token(client), null);
            case TokenRequest.OfCode(String code, String verifier, String back) ->
                grant(response, signIns.redeem(code, verifier, back));
            case TokenRequest.OfDevice(String code) -> {
                switch (signIns.poll(code)) {
                    case Progress.Waiting() -> error(response, 400, "authorization_pending");
                    case Progress.Over() -> error(response, 400, "expired_token");
                    case Progress.Done(Proof proof) -> grant(response, proof);
                }
            }
            case TokenRequest.UnknownClient _ -> unknown(response);
            case TokenRequest.OtherGrant _ -> error(response, 400, "unsupported_grant_type");
        }
    }

    private static void unknown(ServerResponse response) {
        response.header(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"demo\"");
        error(response, 401, "invalid_client");
    }

    private void grant(ServerResponse response, @Nullable Proof proof) {
        if (proof == null) {
            error(response, 400, "invalid_grant");
        } else {
            grant(response, "not-used-by-anybody", token(proof));
        }
    }

    private static void grant(ServerResponse response, String accessToken, @Nullable String idToken) {
        String more = idToken == null ? "" : ",\"id_token\":\"" + idToken + "\"";
        json(response, 200, """
                {"access_token":"%s","token_type":"Bearer","expires_in":%d%s}""".formatted(accessToken, LIFE.toSeconds(), more));
    }

    private String token(Client client) {
        String claims = "\"client_id\":\"" + client.id() + "\",\"jti\":\""
                + "%016x".formatted(clock.random().nextLong()) + "\"";
        return key.signed("at+jwt", claims(client.id(), AUDIENCE, client.groups(), claims));
    }

    private String token(Proof proof) {
        Person person = proof.person();
        String claims = "\"name\":\"" + person.name() + "\""
                + (proof.nonce() == null ? "" : ",\"nonce\":\"" + proof.nonce() + "\"");
        return key.signed("JWT", claims(person.id(), DemoCast.CONSOLE.id(), List.of(person.group()), claims));
    }

    private String claims(String subject, String audience, List<String> groups, String more) {
        long now = clock.wall().instant().getEpochSecond();
        return """
                {"iss":"%s","aud":"%s","sub":"%s","groups":%s,"iat":%d,"exp":%d,%s}""".formatted(
                        url(),
                        audience,
                        subject,
                        groups.stream().collect(Collectors.joining("\",\"", "[\"", "\"]")),
                        now,
                        now + LIFE.toSeconds(),
                        more);
    }

    private void ask(ServerRequest request, ServerResponse response) {
        Map<String, String> query = new HashMap<>();
        request.query().names().forEach(name -> query.put(name, value(request, name)));
        // It is put into a token as it is.
        String nonce = query.getOrDefault("nonce", "");
        String id = nonce.matches("[A-Za-z0-9_-]{0,100}") ? signIns.ask(query) : null;
        if (id == null) {
            error(response, 400, "invalid_request");
        } else {
            page(response, 200, DemoPickList.of("/pick?request=" + id + "&person="));
        }
    }

    private void pick(ServerRequest request, ServerResponse response) {
        String to = person(request)
                .map(person -> signIns.pick(value(request, "request"), person, url()))
                .orElse(null);
        if (to == null) {
            page(response, 400, DemoPickList.tooLate());
        } else {
            response.status(Status.SEE_OTHER_303)
                    .header(HeaderNames.LOCATION, to)
                    .send();
        }
    }

    private void begin(ServerRequest request, ServerResponse response) {
        response.header(NO_STORE);
        if (!TokenRequest.isOfConsole(request)) {
            unknown(response);
            return;
        }
        DemoSignIns.Begun begun = signIns.begin();
        json(response, 200, """
                {"device_code":"%1$s","user_code":"%2$s","verification_uri":"%3$s/activate",\
                "verification_uri_complete":"%3$s/activate?user_code=%2$s","expires_in":%4$d,"interval":%5$d}""".formatted(
                        begun.deviceCode(), begun.typed(), url(), DemoSignIns.LIFE.toSeconds(), INTERVAL_SECONDS));
    }

    private void activate(ServerRequest request, ServerResponse response) {
        String typed = value(request, CODE);
        Optional<Person> person = person(request);
        if (!signIns.isWaiting(typed)) {
            page(response, 200, DemoPickList.code(!typed.isEmpty()));
        } else if (person.isEmpty()) {
            page(response, 200, DemoPickList.of("/activate?user_code=" + typed + "&person="));
        } else {
            page(response, 200, signIns.approve(typed, person.get()) ? DemoPickList.done() : DemoPickList.tooLate());
        }
    }

    private static Optional<Person> person(ServerRequest request) {
        String id = value(request, "person");
        return DemoCast.PEOPLE.stream().filter(person -> person.id().equals(id)).findFirst();
    }

    private static String value(ServerRequest request, String name) {
        return request.query().first(name).orElse("");
    }

    private static void page(ServerResponse response, int status, String content) {
        response.status(Status.create(status));
        response.header(NO_STORE);
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        response.header(
                HeaderNames.create("Content-Security-Policy"),
                "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'");
        response.send(content);
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
