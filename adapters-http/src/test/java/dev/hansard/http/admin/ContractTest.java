// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hansard.ports.audit.AuditLogContract;
import dev.hansard.ports.health.NodeHealth;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.session.Session;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The document and the listener say the same: every route is described, every operation is routed, every answer fits.
 */
class ContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SOURCES = Path.of("src/main/java/dev/hansard/http/admin");
    private static final Pattern CODE = Pattern.compile("[45][0-9]{2},\\s*\"([a-z][a-z_]+)\"");

    private final RunningAdmin admin = RunningAdmin.start();

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    @Test
    void describesEveryRouteAndRoutesEveryOperation() throws IOException, InterruptedException {
        Map<String, String> described = operations(Contract.load());
        var routed = new TreeMap<String, String>();
        for (Route route : admin.routes()) {
            routed.put(route.methods().getFirst() + " " + route.template(), route.operation());
        }

        assertThat(described).isEqualTo(routed);
        for (Route route : admin.routes()) {
            String target = route.template()
                    .replace("{id}", "x")
                    .replace("{message}", "request")
                    .replace("{provider}", "corp")
                    .replace("{link}", "x")
                    .replace("{name}", "payments-header");
            HttpResponse<String> answer = admin.send("PUT", target);
            assertThat(answer.statusCode()).as(target).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow").orElseThrow())
                    .contains(route.methods().getFirst());
        }
    }

    private static Map<String, String> operations(Contract contract) {
        var operations = new TreeMap<String, String>();
        contract.document().path("paths").properties().forEach(path -> {
            path.getValue()
                    .properties()
                    .forEach(method -> operations.put(
                            method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                            method.getValue().at("/operationId").textValue()));
        });
        return operations;
    }

    @Test
    void answersAsDescribed() throws IOException, InterruptedException {
        Contract contract = Contract.load();
        Session complete =
                SampleSession.number(1).header("Content-Encoding", "br").kept(2).complete();
        Session refused = SampleSession.number(2).refused();
        admin.sessions.add(complete, new byte[2], new byte[2]);
        admin.sessions.add(refused, new byte[2], new byte[0]);
        Visitor visitor = new Visitor(Access.toEverything(FakeDesks.SOMEONE, "a test"), "127.0.0.1", "ticket 42");
        admin.desks.make(visitor, "ci-build", List.of("ci"), Duration.ofDays(90));
        admin.desks.log.append(AuditLogContract.event(1));
        admin.desks.log.append(AuditLogContract.event(2));

        String waiting =
                admin.desks.approvals.add(FakeApprovals.waiting(1)).id().toString();
        String approvals = "/api/v1/approvals";
        check(contract, approvals, admin.get(approvals));
        check(contract, approvals, admin.get(approvals + "?state=open"));
        check(contract, approvals + "/{id}", admin.get(approvals + "/" + waiting));
        check(contract, approvals + "/{id}", admin.get(approvals + "/x"));
        String yes = "{\"digest\":\"" + FakeApprovals.DIGEST + "\"}";
        check(contract, approvals + "/{id}:approve", admin.post(approvals + "/" + waiting + ":approve", yes));
        check(contract, approvals + "/{id}:deny", admin.post(approvals + "/" + waiting + ":deny", "{}"));
        for (Map.Entry<String, List<String>> asked : targets(complete, refused).entrySet()) {
            for (String target : asked.getValue()) {
                check(contract, asked.getKey(), admin.get(target));
            }
        }
        admin.checks.add(new NodeHealth.Check("catalog", false, "locked"));
        check(contract, "/api/v1/me", admin.get("/api/v1/me", "Cookie", "hansard=" + FakeSignIn.SESSION));
        check(contract, "/readyz", admin.get("/readyz"));
        check(contract, "/readyz", admin.get("/readyz", "Origin", "http://evil.example"));
    }

    private static Map<String, List<String>> targets(Session complete, Session refused) {
        String base = "/api/v1/sessions";
        var targets = new LinkedHashMap<String, List<String>>();
        targets.put("/", List.of("/", "/?x=y"));
        targets.put("/healthz", List.of("/healthz"));
        targets.put("/readyz", List.of("/readyz"));
        targets.put("/api/v1/counters", List.of("/api/v1/counters"));
        targets.put("/api/v1/me", List.of("/api/v1/me"));
        targets.put("/api/v1/keys", List.of("/api/v1/keys"));
        targets.put("/api/v1/audit", List.of("/api/v1/audit", "/api/v1/audit?after=0", "/api/v1/audit?before=x"));
        String proof = "/api/v1/ledger/proof/";
        targets.put(proof + "{id}", List.of(proof + complete.id(), proof + "x"));
        targets.put("/api/v1/retention", List.of("/api/v1/retention", "/api/v1/retention?x=y"));
        targets.put("/api/v1/storage", List.of("/api/v1/storage"));
        String check = "/api/v1/storage:check";
        targets.put(check, List.of(check, check + "?cursor=segments:", check + "?cursor=x"));
        targets.put("/api/v1/holds", List.of("/api/v1/holds"));
        targets.put("/api/v1/credentials", List.of("/api/v1/credentials"));
        targets.put(base, List.of(base, base + "?limit=1", base + "?limit=0", base + "?q=!"));
        targets.put(base + ":tail", List.of(base + ":tail?q=!", base + ":tail?after=-1"));
        targets.put(base + ":search", List.of(base + ":search?q=x", base + ":search?q=body:x&maxBytes=0"));
        targets.put(base + "/{id}", List.of(base + "/" + complete.id(), base + "/" + refused.id(), base + "/x"));
        String body = base + "/" + complete.id() + "/response/body";
        targets.put(
                base + "/{id}/{message}/body",
                List.of(body + "?view=decoded", body + "?view=x", base + "/x/request/body"));
        return targets;
    }

    private static void check(Contract contract, String path, HttpResponse<String> answer) throws IOException {
        String mediaType = answer.headers().firstValue("Content-Type").orElseThrow();

        JsonNode value = JSON.readTree(answer.body());

        assertThat(contract.errors(path, answer.statusCode(), mediaType, value))
                .as("%s: %s", answer.uri(), answer.body())
                .isEmpty();
    }

    @Test
    void findsAMemberThatIsNotDescribed() throws IOException {
        Contract contract = Contract.load();
        JsonNode session = JSON.readTree(ContractTest.class.getResourceAsStream("session.json"));
        ObjectNode request = (ObjectNode) session.get("request");

        assertThat(contract.errors("/api/v1/sessions/{id}", 200, Answer.JSON, session))
                .isEmpty();
        request.put("colour", "red");
        assertThat(contract.errors("/api/v1/sessions/{id}", 200, Answer.JSON, session)
                        .toString())
                .contains("'colour' is not evaluated");
        request.remove(List.of("colour", "keptBytes"));
        assertThat(contract.errors("/api/v1/sessions/{id}", 200, Answer.JSON, session)
                        .toString())
                .contains("'keptBytes'");
    }

    @Test
    void showsExamplesThatFit() throws IOException {
        Contract contract = Contract.load();
        var checked = new TreeSet<String>();

        for (JsonNode media : contract.document().findValues("application/json")) {
            if (media.has("example")) {
                checked.add(media.get("example").toString());
                assertThat(contract.errors(media.get("schema"), media.get("example")))
                        .isEmpty();
            }
        }
        for (JsonNode media : contract.document().findValues("application/problem+json")) {
            if (media.has("example")) {
                checked.add(media.get("example").toString());
                assertThat(contract.errors(media.get("schema"), media.get("example")))
                        .isEmpty();
            }
        }

        assertThat(checked).hasSizeGreaterThanOrEqualTo(7);
    }

    @Test
    void namesEveryCodeThatTheListenerUses() throws IOException, InterruptedException {
        var codes = new TreeSet<String>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                CODE.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
            }
        }

        String document = admin.get("/api/openapi.yaml").body();

        assertThat(codes).hasSizeGreaterThan(15);
        assertThat(codes).allSatisfy(code -> assertThat(document).contains("`" + code + "`"));
    }

    @Test
    void servesTheDocumentAsItIs() throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.get("/api/openapi.yaml");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(answer.body()).startsWith("# SPDX-License-Identifier: Apache-2.0\nopenapi: 3.1.0\n");
    }
}
