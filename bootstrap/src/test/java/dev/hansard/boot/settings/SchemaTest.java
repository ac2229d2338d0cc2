// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.hansard.boot.settings.Loading.Loaded;
import dev.hansard.boot.settings.yaml.Keys;
import dev.hansard.core.masking.detect.Detectors;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The loader and the JSON Schema say the same. */
class SchemaTest {
    static final List<String> ACCEPTED = List.of(
            "version: 1\nservices: { a: http://a }",
            "version: 1\nservices: { a: { upstream: https://a:8443/ } }",
            "version: 1\nservices: { a: { upstream: { url: http://a, balance: round-robin } } }",
            "version: 1\nservices: { a: { upstream: { urls: http://a } } }",
            """
            version: 1
            services:
              a:
                upstream:
                  urls: [https://a, "https://[::1]:1"]
                  tls: { ca-file: ca.pem, server-name: a.internal }
                  timeouts: { connect: 1s, response: 500ms, idle: 1h }
                match:
                  - { listener: l, host: A.example.com, path-prefix: /a/b, strip-prefix: true }
                  - { path-prefix: /, strip-prefix: false }
                  - { host: b, strip-prefix: false }
                record: { body-bytes: 0, durability: relaxed, on-overload: metadata, websocket: false }
            listeners:
              l:
                address: 0.0.0.0:0
                protocols: http/1.1
                tls: { cert-file: c, key-file: k, client-auth: required, client-ca-file: ca }
                identity: [mesh, anyone]
                trace-context: restart
                limits: { header-bytes: 1KiB, body-bytes: 0B, connections: 1, concurrency: "2" }
                timeouts: { idle: 1s, request-head: 2s, min-rate: 1/s }
            identity:
              providers:
                anyone: { type: anonymous, subject: "\\u202e\\"\\\\ me" }
                unused: { type: anonymous }
                mesh: { type: mtls, subject: spiffe-id, trust-domain: prod.example.com, groups: ou }
                hosts: { type: mtls, subject: dns, dns-names: first }
                named: { type: mtls, subject: subject-dn, groups: none }
            admin: { address: "[::1]:9000" }
            storage:
              data-dir: ./d
              catalog: { type: h2 }
              payloads: { type: filesystem }
              spool: { max: 128MiB, group-commit: 1ms, reserve: 1MiB, seal-after: 1s }
            telemetry: { log: { level: trace, format: text } }
            """,
            """
            version: 1
            services: { a: { upstream: http://a, retention: pci }, b: http://b }
            retention:
              default: 30d
              classes: { pci: 365d, debug: 168h }
              rules:
                - { when: { status: ">=500" }, class: debug }
                - { when: { service: [a, b], status: [404, 5xx], path: /health*, method: GET }, class: default }
                - { when: { caller: "key:*", group: checkout }, class: debug }
              schedule: "*/5 0-6 * * 1"
              quota: { default: 50GiB, services: { a: 500GiB }, alert-at: [70%, 85%, 95%], when-full: reject }
            """,
            """
            version: 1
            services:
              a: { upstream: http://a, masking: [pci, mine] }
              b: { upstream: http://b, masking: one }
              c: { upstream: http://c, masking: { apply: [one], on-unparsable: detectors } }
              d: { upstream: http://d, masking: [] }
            masking:
              sets: { pci: [one, two], single: two, all: [three, four] }
              rules:
                one: { json: [a, "/b/*/c", "$..d['e f']"], form: f, query: [q], headers: x-h, cookies: c, xml: [x], action: drop }
                two: { detect: [card, iban], action: keep-last, keep-last: 4 }
                three: { regex: '\\bA-\\d+', anchor: A-, action: type, label: ticket, content-types: [text/*, Application/JSON] }
                four: { detect: email, action: type }
                mine: { json: mine, action: redact }
              on-unparsable: withhold
              defaults: false
            """,
            "version: 1\nservices: { a: http://a }\nmasking: { on-unparsable: detectors, defaults: true, rules: {} }",
            """
            version: 1
            services: { a: http://a }
            admin:
              address: 0.0.0.0:9000
              public-url: https://hansard.example.com
              login: [corp]
              session: { idle: 15m, absolute: 8h }
            identity:
              providers:
                corp:
                  type: oidc
                  issuer: https://id.example.com/realms/corp
                  client-id: hansard
                  scopes: [openid, profile, email, groups]
                  claims: { subject: sub, name: name, email: email, groups: groups }
              roles: { admin: { groups: [sre] } }
            """,
            """
            version: 1
            services: { a: { upstream: http://a, labels: { team: pay, tier: 1 } }, b: http://b }
            decisions: { unmatched: deny, body-bytes: 64KiB }
            reload: manual
            policies:
              all: { action: allow }
              some:
                when:
                  service: [a, "b*"]
                  labels: { team: "*" }
                  method: POST
                  path: [/v1/**, /health]
                  caller: "key:ci-*"
                  group: checkout
                  header: { X-Env: [prod, 1], x-b: "*" }
                  no-header: X-Signature
                  query: { dry: true }
                  no-query: [x, y]
                  inside: "22:00-05:00 Europe/Berlin"
                  outside: ["mon-fri 08:00-18:00 UTC"]
                expr: request.json.amount > 1000
                action: deny
                observe: true
                message: Not now.
            """,
            """
            version: 1
            services:
              a: { upstream: http://a, limits: { rate: 100/s } }
              b:
                upstream: http://b
                limits: { rate: 1000000/h, burst: 1, per: service, in-flight: 500, per-caller-in-flight: "50", callers: 9 }
                circuit: { failures: 100%, of: 1, window: 10ms, open: 1h, trials: 1000 }
              c:
                upstream: { urls: [http://c, http://d] }
                limits: [{ rate: 5/m, burst: 9 }, { rate: 20/s, per: service }, { in-flight: 3 }]
                circuit: {}
              e: { upstream: http://e, limits: { in-flight: 1 }, circuit: { of: 100 } }
            """,
            "version: 1\ninclude: []\nlisteners: {}\nadmin: {}\nidentity: {}\nservices: { a: http://a }\nstorage: {}");

    static final List<String> REFUSED = List.of(
            "services: { a: http://a }",
            "version: 2\nservices: { a: http://a }",
            "version: '1'\nservices: { a: http://a }",
            "version: 1\nservices: { A: http://a }",
            "version: 1\nservices: { a: ftp://a }",
            "version: 1\nservices: { a: http://a/path }",
            "version: 1\nservices: { a: {} }",
            "version: 1\nservices: []",
            "version: 1\nservices: { a: { upstream: {} } }",
            "version: 1\nservices: { a: { upstream: { url: http://a, urls: [http://a] } } }",
            "version: 1\nservices: { a: { upstream: { url: http://a, balance: least-requests } } }",
            "version: 1\nservices: { a: { upstream: { url: http://a, health: {} } } }",
            "version: 1\nservices: { a: { upstream: http://a, match: [] } }",
            "version: 1\nservices: { a: { upstream: http://a, match: [{}] } }",
            "version: 1\nservices: { a: { upstream: http://a, match: [{ host: h, strip-prefix: true }] } }",
            "version: 1\nservices: { a: { upstream: http://a, match: [{ path-prefix: a }] } }",
            "version: 1\nservices: { a: { upstream: http://a, match: [{ path-prefix: /a/ }] } }",
            "version: 1\nservices: { a: { upstream: http://a, match: [{ path-prefix: /a, strip-prefix: 'true' }] } }",
            "version: 1\nservices: { a: { upstream: http://a, limits: {} } }",
            "version: 1\nservices: { a: { upstream: http://a, limits: [] } }",
            "version: 1\nservices: { a: { upstream: http://a, limits: { rate: 100 } } }",
            "version: 1\nservices: { a: { upstream: http://a, limits: { rate: 0/s } } }",
            "version: 1\nservices: { a: { upstream: http://a, limits: { rate: 1/d } } }",
            "version: 1\nservices: { a: { upstream: http://a, limits: { burst: 10 } } }",
            "version: 1\nservices: { a: { upstream: http://a, limits: { rate: 1/s, per: host } } }",
            "version: 1\nservices: { a: { upstream: http://a, limits: { in-flight: 0 } } }",
            "version: 1\nservices: { a: { upstream: http://a, circuit: { failures: 0% } } }",
            "version: 1\nservices: { a: { upstream: http://a, circuit: { failures: 101% } } }",
            "version: 1\nservices: { a: { upstream: http://a, circuit: { open: never } } }",
            "version: 1\nservices: { a: { upstream: http://a, circuit: true } }",
            "version: 1\nservices: { a: { upstream: http://a, record: { websocket: true } } }",
            "version: 1\nservices: { a: { upstream: http://a, record: { body-bytes: 1KB } } }",
            "version: 1\nservices: { a: { upstream: http://a, record: { durability: best } } }",
            "version: 1\nservices: { a: { upstream: http://a, labels: [tier] } }",
            "version: 1\nservices: { a: http://a }\npolicies: { p: { when: {} } }",
            "version: 1\nservices: { a: http://a }\npolicies: { p: { action: forbid } }",
            "version: 1\nservices: { a: http://a }\npolicies: { p: { action: deny, when: { url: /a } } }",
            "version: 1\nservices: { a: http://a }\npolicies: { p: { action: deny, when: { method: [] } } }",
            "version: 1\nservices: { a: http://a }\npolicies: { P: { action: deny } }",
            "version: 1\nservices: { a: http://a }\ndecisions: { unmatched: require-approval }",
            "version: 1\nservices: { a: http://a }\ndecisions: { body-bytes: 1MB }",
            "version: 1\nservices: { a: http://a }\nreload: never",
            "version: 1\nservices: { a: { upstream: http://a, masking: [1] } }",
            "version: 1\nservices: { a: { upstream: http://a, masking: { sets: [] } } }",
            "version: 1\nservices: { a: http://a }\nmasking: { token-key: short }",
            "version: 1\nservices: { a: http://a }\nmasking: { defaults: 'true' }",
            "version: 1\nservices: { a: http://a }\nmasking: { on-unparsable: keep }",
            "version: 1\nservices: { a: http://a }\nmasking: { sets: { s: [] } }",
            "version: 1\nservices: { a: http://a }\nmasking: { rules: { R: { json: a, action: drop } } }",
            "version: 1\nservices: { a: http://a }\nmasking: { rules: { r: { action: drop } } }",
            "version: 1\nservices: { a: http://a }\nmasking: { rules: { r: { json: a } } }",
            "version: 1\nservices: { a: http://a }\nmasking: { rules: { r: { json: a, action: hide } } }",
            "version: 1\nservices: { a: http://a }\nmasking: { rules: { r: { detect: crad, action: drop } } }",
            "version: 1\nservices: { a: http://a }\nmasking: { rules: { r: { json: a, anchor: b, action: drop } } }",
            "version: 1\nservices: { a: http://a }\nmasking: { rules: { r: { json: a, action: drop, keep-last: 4 } } }",
            "version: 1\nservices: { a: http://a }\nmasking: { rules: { r: { json: a, action: keep-last } } }",
            "version: 1\nservices: { a: http://a }\n"
                    + "masking: { rules: { r: { json: a, action: keep-last, keep-last: 17 } } }",
            "version: 1\nservices: { a: http://a }\nmasking: { rules: { r: { json: a, action: type, label: A } } }",
            "version: 1\nservices: { a: http://a }\nsinks: { s: { type: webhook, url: http://x, format: slak } }",
            "version: 1\nservices: { a: http://a }\nsinks: { s: { type: webhook, url: http://x, format: standard } }",
            "version: 1\nservices: { a: http://a }\nlisteners: { l: {} }",
            "version: 1\nservices: { a: http://a }\nlisteners: { l: { address: 8080 } }",
            "version: 1\nservices: { a: http://a }\nlisteners: { l: { address: localhost:1, protocols: [h2] } }",
            "version: 1\nservices: { a: http://a }\nlisteners: { l: { address: localhost:1, tls: { cert-file: c } } }",
            "version: 1\nservices: { a: http://a }\n"
                    + "listeners: { l: { address: localhost:1,"
                    + " tls: { cert-file: c, key-file: k, client-auth: optional } } }",
            "version: 1\nservices: { a: http://a }\n"
                    + "listeners: { l: { address: localhost:1,"
                    + " tls: { cert-file: c, key-file: k, client-ca-file: a } } }",
            "version: 1\nservices: { a: http://a }\nlisteners: { l: { address: localhost:1, timeouts: { idle: 1 } } }",
            "version: 1\nservices: { a: http://a }\nlisteners: { l: { address: localhost:1, timeouts: { idle: 0s } } }",
            "version: 1\nservices: { a: http://a }\nidentity: { providers: { a: { type: saml } } }",
            "version: 1\nservices: { a: http://a }\nidentity: { providers: { a: { type: mtls } } }",
            "version: 1\nservices: { a: http://a }\n"
                    + "identity: { providers: { a: { type: mtls, subject: dns, trust-domain: x } } }",
            "version: 1\nservices: { a: http://a }\n"
                    + "identity: { providers: { a: { type: mtls, trust-domain: x, dns-names: one } } }",
            "version: 1\nservices: { a: http://a }\nstorage: { catalog: { type: postgresql } }",
            "version: 1\nservices: { a: http://a }\nretention: { quota: { default: 1GiB, alert-at: [70] } }",
            "version: 1\nservices: { a: http://a }\nretention: { rules: [{ class: default }] }",
            "version: 1\nservices: { a: http://a }\nretention: { default: forever }",
            "version: 1\nservices: { a: http://a }\nretention: { quota: { when-full: explode } }",
            "version: 1\nservices: { a: http://a }\nsinks: { s: { type: syslog, url: x, secret: x } }",
            "version: 1\nservices: { a: http://a }\nsinks: { s: { type: webhook, url: http://x } }",
            "version: 1\nservices: { a: http://a }\ntelemetry: { log: { level: loud } }",
            "version: 1\nservices: { a: http://a }\nadmin: { public-url: http://x }");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode document() throws IOException {
        try (InputStream in = SettingsLoader.class.getResourceAsStream("hansard.schema.json")) {
            return JSON.readTree(Objects.requireNonNull(in));
        }
    }

    private static List<com.networknt.schema.Error> validate(String yaml) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document());
        Object value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return schema.validate(JSON.valueToTree(value));
    }

    @ParameterizedTest
    @FieldSource("ACCEPTED")
    void bothAccept(String yaml) throws IOException {
        assertThat(validate(yaml)).isEmpty();
        assertThat(Configurations.load(yaml))
                .as(() -> Configurations.problems(yaml))
                .isInstanceOf(Loaded.class);
    }

    @Test
    void bothAcceptSinks() throws IOException {
        String yaml = """
                version: 1
                services: { a: http://a }
                sinks:
                  ops: { type: webhook, url: "https://ops.example.com/hook", secret: "${file:/run/hook}" }
                  more: { type: webhook, url: "http://localhost:9", secret: "${file:/run/hook}", events: [alert.raised] }
                """;
        var files = new FakeFiles().with("/run/hook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        var loaded = (Loaded) Configurations.load(yaml, Map.of(), files);

        assertThat(validate(yaml)).isEmpty();
        assertThat(loaded.settings().sinks()).hasSize(2);
        String effective = EffectiveYaml.of(loaded.settings(), loaded.outside());
        assertThat(effective).contains("secret: \"${file:/run/hook}\"").doesNotContain("MfKQ");
        assertThat(Configurations.settings(Configurations.load(effective, Map.of(), files)))
                .isEqualTo(loaded.settings());
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void bothRefuse(String yaml) throws IOException {
        assertThat(validate(yaml)).isNotEmpty();
        assertThat(Configurations.load(yaml)).isNotInstanceOf(Loaded.class);
    }

    @Test
    void acceptsAnExpressionWhereTheLoaderPutsInItsValue() throws IOException {
        String yaml = """
                version: ${env:V}
                listeners: { l: { address: "${env:A}", limits: { connections: "${env:C}" }, timeouts: { idle: "${env:D}" } } }
                services:
                  a: ${env:URL:-http://a}
                  b: { upstream: "${file:url}", match: [{ host: "${env:H}", path-prefix: "${env:P}", strip-prefix: "${env:S}" }] }
                """;

        assertThat(validate(yaml)).isEmpty();
    }

    @Test
    void describesExactlyTheDetectorsThatThereAre() throws IOException {
        JsonNode words =
                document().path("$defs").path("detector").path("anyOf").path(0).path("enum");

        assertThat(words).extracting(JsonNode::asText).containsExactlyElementsOf(Detectors.NAMES);
    }

    @Test
    void describesExactlyTheKeysThatTheLoaderKnows() throws IOException {
        var described = new TreeMap<String, Set<String>>();
        collect(document(), document(), "", described);

        var known = new TreeMap<String, Set<String>>();
        for (Keys keys : SettingsKeys.ALL) {
            known.put(keys.section(), new TreeSet<>(keys.available()));
        }
        assertThat(described).isEqualTo(known);
    }

    private static void collect(JsonNode root, JsonNode node, String path, Map<String, Set<String>> described) {
        JsonNode schema = node;
        if (node.has("$ref")) {
            String name = node.path("$ref").asText().substring("#/$defs/".length());
            schema = root.path("$defs").path(name);
        }
        schema.path("anyOf").forEach(choice -> collect(root, choice, path, described));
        if (schema.path("properties").isObject()
                && schema.path("additionalProperties").isBoolean()) {
            var keys = described.computeIfAbsent(path, _ -> new TreeSet<>());
            schema.path("properties").fieldNames().forEachRemaining(keys::add);
            schema.path("properties")
                    .forEachEntry(
                            (key, value) -> collect(root, value, path.isEmpty() ? key : path + "." + key, described));
        }
        if (schema.path("additionalProperties").isObject()) {
            collect(root, schema.path("additionalProperties"), path + ".*", described);
        }
        if (schema.path("items").isObject()) {
            collect(root, schema.path("items"), path + "[]", described);
        }
    }
}
