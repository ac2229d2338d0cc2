// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * People and services with the SAML of a real Keycloak, which signs the response, the assertion or both. Each altered
 * response is the answer to a request of its own, so that nothing but the alteration can be what refuses it.
 */
final class KeycloakSamlIT {
    private static final String TOKEN_URL = "https://hansard.test/.hansard/token";
    private static final Pattern ASSERTION = Pattern.compile("<saml:Assertion .*</saml:Assertion>", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    @TempDir
    private static Path home;

    private static Keycloak keycloak;
    private static Upstream target;
    private static JarNode node;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(
                Files.isRegularFile(Keycloak.distribution()),
                "the tests with Keycloak are skipped: .ci/setup gets its distribution");
        keycloak = Keycloak.start(Files.createDirectory(home.resolve("keycloak")));
        target = Upstream.echoing();
        String providers = provider("response") + provider("assertion") + provider("both");
        Path config = Files.writeString(home.resolve("hansard.yaml"), """
                version: 1
                listeners: { edge: { address: "127.0.0.1:8080", identity: [both] } }
                admin: { login: [response, assertion, both] }
                identity:
                  providers:
                %s  roles: { auditor: { groups: [auditors] } }
                services: { target: { upstream: "%s", match: [{ listener: edge }] } }
                """.formatted(providers, target.url()));
        node = JarNode.start(home, List.of(), List.of("--config", config.toString()));
    }

    private static String provider(String name) {
        return """
                    %s:
                      type: saml
                      metadata-url: %s/protocol/saml/descriptor
                      entity-id: http://hansard.test/%s
                      token-url: %s
                      exchanges-per-minute: 1000
                """.formatted(name, keycloak.issuer("staff"), name, TOKEN_URL);
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
        if (target != null) {
            target.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
    }

    private static String admin() {
        return "http://127.0.0.1:" + node.adminPort();
    }

    @Test
    @Timeout(180)
    void signsPeopleInHoweverKeycloakSigns() throws Exception {
        for (String provider : List.of("response", "assertion", "both")) {
            var browser = new SamlBrowser(admin());
            SamlBrowser.Answer answer = browser.signInAtKeycloak(provider);

            HttpResponse<String> page = browser.post(answer, SamlBrowser.base64(answer.xml()));
            HttpResponse<String> signedIn = browser.goOn(page, answer.cookie());
            HttpResponse<String> me = browser.get("/api/v1/me", SamlBrowser.cookie(signedIn, "hansard"));

            assertThat(page.headers().allValues("Set-Cookie"))
                    .as("a post signs nobody in")
                    .isEmpty();
            assertThat(me.body())
                    .contains("\"provider\":\"" + provider + "\"", "\"subject\":\"alice\"", "alice@example.test");
        }
    }

    @Test
    @Timeout(180)
    void refusesAnAnswerInAnotherBrowserAndASecondTime() throws Exception {
        var browser = new SamlBrowser(admin());
        SamlBrowser.Answer victims = browser.signInAtKeycloak("both");
        SamlBrowser.Answer attackers = browser.signInAtKeycloak("both");

        HttpResponse<String> page = browser.post(victims, SamlBrowser.base64(victims.xml()));
        HttpResponse<String> stolen = browser.get(
                "/login/both/callback?state=" + SamlBrowser.encoded(victims.relayState()), victims.cookie());
        HttpResponse<String> crossed = browser.goOn(page, attackers.cookie());
        HttpResponse<String> late = browser.goOn(page, victims.cookie());
        HttpResponse<String> again = browser.post(victims, SamlBrowser.base64(victims.xml()));
        HttpResponse<String> replayed = browser.post(attackers, SamlBrowser.base64(victims.xml()));

        assertThat(List.of(stolen, crossed, late, again, replayed))
                .extracting(HttpResponse::statusCode)
                .containsOnly(403);
    }

    @Test
    @Timeout(600)
    void refusesEveryAlterationOfWhatKeycloakWrote() throws Exception {
        Map<String, UnaryOperator<String>> ways = new LinkedHashMap<>(SamlAlterations.changes());
        ways.putAll(SamlAlterations.wrappings());
        assertThat(SamlAlterations.changes()).hasSizeGreaterThan(55);
        int tried = 0;
        var browser = new SamlBrowser(admin());

        for (var way : ways.entrySet()) {
            for (String provider :
                    way.getKey().startsWith("XSW") ? List.of("response", "assertion", "both") : List.of("response")) {
                SamlBrowser.Answer answer = browser.signInAtKeycloak(provider);
                String altered = way.getValue().apply(answer.xml());

                HttpResponse<String> refused = browser.post(answer, SamlBrowser.base64(altered));

                assertThat(altered).as(way.getKey()).isNotEqualTo(answer.xml());
                assertThat(refused.statusCode())
                        .as(way.getKey() + " " + provider)
                        .isEqualTo(403);
                tried++;
            }
        }
        Findings.note("keycloak: " + tried + " altered SAML responses refused");
    }

    @Test
    @Timeout(180)
    void acceptsWhatIsWrittenInAnotherWayButSaysTheSame() throws Exception {
        List<UnaryOperator<String>> legal = List.of(
                UnaryOperator.identity(),
                xml -> "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml,
                xml -> xml + "\n",
                xml -> xml.replaceAll("(?s)<dsig:KeyInfo>.*?</dsig:KeyInfo>", ""),
                xml -> xml.replace("<samlp:Status>", "<samlp:Status >"));
        var browser = new SamlBrowser(admin());

        for (UnaryOperator<String> way : legal) {
            SamlBrowser.Answer answer = browser.signInAtKeycloak("response");
            byte[] xml = way.apply(answer.xml()).getBytes(StandardCharsets.UTF_8);

            HttpResponse<String> page =
                    browser.post(answer, Base64.getMimeEncoder().encodeToString(xml));

            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        }
    }

    @Test
    @Timeout(180)
    void givesServicesATokenForAnAssertionOnce() throws Exception {
        String assertion = keycloak.assertion("http://hansard.test/both", TOKEN_URL);
        String forElsewhere = keycloak.assertion("http://hansard.test/both", "http://other.test/token");
        String forAnother =
                keycloak.assertion("http://hansard.test/both", TOKEN_URL).replace(">alice<", ">mallory<");

        HttpResponse<String> granted = exchange(assertion);
        Matcher token = TOKEN.matcher(granted.body());

        assertThat(granted.statusCode()).as(granted.body()).isEqualTo(200);
        assertThat(granted.body()).contains("\"token_type\":\"Bearer\"", "\"expires_in\":300");
        assertThat(token.find()).isTrue();
        try (Caller caller = Caller.to(node.port())) {
            assertThat(caller.get("/orders", "Authorization: Bearer " + token.group(1))
                            .status())
                    .isEqualTo(200);
            assertThat(caller.get("/orders", "Authorization: Bearer " + token.group(1) + "x")
                            .status())
                    .isEqualTo(401);
        }
        for (String refused : List.of(assertion, forElsewhere, forAnother, "")) {
            HttpResponse<String> answer = exchange(refused);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .isEqualTo(refused.isEmpty() ? "{\"error\":\"invalid_request\"}" : "{\"error\":\"invalid_grant\"}");
        }
    }

    private static HttpResponse<String> exchange(String assertion) throws IOException, InterruptedException {
        String text =
                Base64.getUrlEncoder().withoutPadding().encodeToString(assertion.getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/.hansard/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type="
                        + SamlBrowser.encoded("urn:ietf:params:oauth:grant-type:saml2-bearer") + "&assertion=" + text));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    /** On its own: Keycloak declares the prefix on the response, and the canonical form of the assertion has it. */
    static String assertionIn(String soap) {
        Matcher found = ASSERTION.matcher(soap);
        assertThat(found.find()).as(soap).isTrue();
        String start = "<saml:Assertion ";
        String assertion = found.group();
        boolean isDeclared = assertion.substring(0, assertion.indexOf('>')).contains("xmlns:saml=");
        return isDeclared
                ? assertion
                : start + "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" " + assertion.substring(start.length());
    }
}
