// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.ports.identity.DeviceDesk;
import dev.hansard.ports.identity.DeviceDesk.Progress;
import dev.hansard.ports.identity.DeviceDesk.Start;
import io.helidon.http.HeaderNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command line goes through to sign a person in and out. */
final class DeviceSteps {
    private static final int LONGEST_TEXT = 256;
    private static final String BEARER = "Bearer ";
    private static final String PROVIDER = "provider";
    private static final String ATTEMPT = "attempt";

    private final DeviceDesk desk;

    DeviceSteps(DeviceDesk desk) {
        this.desk = desk;
    }

    /** Begins: says where the person has to go. */
    void begin(Exchange exchange) {
        exchange.query();
        JsonNode asked = exchange.content(List.of(PROVIDER));
        switch (desk.begin(asked.has(PROVIDER) ? text(asked, PROVIDER) : null)) {
            case Start.Shown(String provider, var invitation, var attempt) ->
                exchange.send(new Answer(201, Answer.JSON, Json.bytes(json -> {
                    json.writeStringField(PROVIDER, provider);
                    json.writeStringField("userCode", invitation.code());
                    json.writeStringField("verificationUri", invitation.place().toString());
                    if (invitation.direct() != null) {
                        json.writeStringField(
                                "verificationUriComplete", invitation.direct().toString());
                    }
                    json.writeNumberField("expiresIn", invitation.life().toSeconds());
                    json.writeNumberField("interval", invitation.interval().toSeconds());
                    json.writeStringField(ATTEMPT, attempt.reveal());
                })));
            case Start.Refused(var refusal) -> throw new RefusedException(refusal);
        }
    }

    /** Says how far the person is. */
    void poll(Exchange exchange) {
        exchange.query();
        JsonNode asked = exchange.content(List.of(ATTEMPT));
        switch (desk.poll(text(asked, ATTEMPT), exchange.peer())) {
            case Progress.Waiting(var interval) ->
                exchange.send(new Answer(
                        202, Answer.JSON, Json.bytes(json -> json.writeNumberField("interval", interval.toSeconds()))));
            case Progress.SignedIn(var person, var token, var idleUntil, var until) ->
                exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> {
                    json.writeStringField(PROVIDER, person.caller().provider());
                    json.writeStringField("subject", person.caller().subject());
                    json.writeStringField("token", token.reveal());
                    json.writeStringField("idleUntil", idleUntil.toString());
                    json.writeStringField("signedInUntil", until.toString());
                })));
            case Progress.Refused(var refusal) -> throw new RefusedException(refusal);
        }
    }

    /** Ends the session of the token that is shown; false when it is no such token. */
    boolean leave(Exchange exchange) {
        String token = token(exchange.field(HeaderNames.AUTHORIZATION));
        return token != null && desk.leave(token, exchange.peer());
    }

    private static @Nullable String token(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }

    private static String text(JsonNode asked, String name) {
        JsonNode value = asked.get(name);
        if (value == null || !value.isTextual() || value.textValue().length() > LONGEST_TEXT) {
            throw RefusedException.invalidContent(
                    "'" + name + "' must be text of at most " + LONGEST_TEXT + " characters");
        }
        return value.textValue();
    }
}
