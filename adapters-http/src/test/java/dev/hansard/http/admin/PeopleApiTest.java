// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.AdminGate.Entry;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.ServiceName;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningAdmin admin = RunningAdmin.start();

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    @Test
    void saysWhoYouAreAndWhy() throws Exception {
        var scope = new Scope.Only(Set.of(new ServiceName("payments"), new ServiceName("ledger")));
        admin.desks.entry = new Entry.Known(new Access(
                FakeDesks.SOMEONE,
                Map.of(Permission.SEE_SESSIONS, scope, Permission.SEE_AUDIT, Scope.EVERYTHING),
                List.of(new Access.Grant("viewer", "group sre", scope))));

        JsonNode me = json(admin.get("/api/v1/me"));

        assertThat(me).isEqualTo(JSON.readTree("""
                {"provider": "corp", "subject": "someone", "groups": ["sre"],
                 "roles": [{"role": "viewer", "because": "group sre", "services": ["ledger", "payments"]}],
                 "permissions": [{"permission": "see-sessions", "services": ["ledger", "payments"]},
                                 {"permission": "see-audit"}]}
                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/me",
                "/api/v1/keys",
                "/api/v1/audit",
                "/api/v1/counters",
                "/api/v1/sessions",
                "/api/v1/sessions:tail",
                "/api/v1/sessions/x",
                "/api/v1/sessions/x/request/body"
            })
    void letsNoStrangerIn(String target) throws Exception {
        admin.desks.refuse(
                new Refusal(401, "unauthenticated", "Who are you?", List.of(new Field("WWW-Authenticate", "Bearer"))));

        HttpResponse<String> answer = admin.get(target);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(admin.desks.visitors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthz", "/readyz", "/api/openapi.yaml"})
    void tellsEveryoneThatItLives(String target) throws Exception {
        admin.desks.refuse(new Refusal(401, "unauthenticated", "Who are you?"));

        assertThat(admin.get(target).statusCode()).isEqualTo(200);
    }

    @Test
    void handsOverWhoAsksFromWhereAndWhatFor() throws Exception {
        admin.get("/api/v1/sessions", "Hansard-Reason", "ticket 42");

        assertThat(admin.desks.visitors).singleElement().satisfies(visitor -> {
            assertThat(visitor.access().who()).isEqualTo(FakeDesks.SOMEONE);
            assertThat(visitor.from()).isEqualTo("127.0.0.1");
            assertThat(visitor.reason()).isEqualTo("ticket 42");
        });
    }

    @Test
    void refusesAReasonThatIsTooLong() throws Exception {
        HttpResponse<String> answer = admin.get("/api/v1/sessions", "Hansard-Reason", "x".repeat(501));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_reason");
    }

    @Test
    void makesShowsAndRevokesAKey() throws Exception {
        HttpResponse<String> made =
                admin.post("/api/v1/keys", "{\"name\": \"ci-build\", \"groups\": [\"ci\"], \"lifetime\": \"P90D\"}");

        assertThat(made.statusCode()).isEqualTo(201);
        String id = json(made).get("id").textValue();
        assertThat(json(made).get("key").textValue()).startsWith("hsk_" + id + "_");
        assertThat(json(made).get("expiresAt").textValue()).isEqualTo("2027-02-21T12:00:00Z");
        assertThat(made.headers().firstValue("Location")).contains("/api/v1/keys/" + id);
        assertThat(admin.get("/api/v1/keys").body()).contains(id, "ci-build").doesNotContain("hsk_", "digest");
        assertThat(admin.send("DELETE", "/api/v1/keys/" + id).statusCode()).isEqualTo(204);
        assertThat(admin.send("DELETE", "/api/v1/keys/" + id).statusCode()).isEqualTo(404);
        assertThat(json(admin.get("/api/v1/keys")).at("/items/0/revokedAt").textValue())
                .isEqualTo("2026-11-23T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"name\": 1}",
                "{\"name\": \"A\"}",
                "{\"name\": \"a\", \"nmae\": \"b\"}",
                "{\"name\": \"a\", \"name\": \"b\"}",
                "{\"name\": \"a\"} x",
                "{\"name\": \"a\", \"groups\": \"ci\"}",
                "{\"name\": \"a\", \"groups\": [1]}",
                "{\"name\": \"a\", \"lifetime\": \"90d\"}",
                "{\"name\": \"a\", \"lifetime\": \"-P1D\"}"
            })
    void refusesAContentThatDoesNotFit(String content) throws Exception {
        HttpResponse<String> answer = admin.post("/api/v1/keys", content);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_content");
        assertThat(admin.desks.list(new Visitor(Access.toEverything(FakeDesks.SOMEONE, ""), "", null)))
                .isEmpty();
    }
}
