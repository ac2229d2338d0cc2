// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static dev.hansard.idp.saml.Messages.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hansard.idp.jose.MovedClock;
import dev.hansard.idp.xml.Signing;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.PresentedBuilder;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.identity.SignIn.Beginning;
import dev.hansard.ports.identity.SignIn.Outcome;
import dev.hansard.ports.identity.TokenGrant;
import dev.hansard.ports.value.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider for people and for services, with an issuer whose metadata can be out of reach. */
class SamlSignInTest {
    private static final String TOKEN_URL = "https://hansard.example/.hansard/token";

    private final MovedClock clock = new MovedClock();
    private final AtomicBoolean isGone = new AtomicBoolean();
    private final SamlOptions options = new SamlOptions(
            "corp",
            new MetadataSource.OfUrl(URI.create("https://idp.example/metadata"), _ -> {
                if (isGone.get()) {
                    throw new IOException("no route");
                }
                return SamlMetadataTest.METADATA.getBytes(StandardCharsets.UTF_8);
            }),
            null,
            Messages.AUDIENCE,
            new IssuerMetadata.Terms(Duration.ofMinutes(15), Duration.ofHours(1)),
            new SamlSubjects("corp", SamlSubjects.NAME_ID, "name", "urn:oid:1.2.840.113549.1.9.1", "Role"),
            new SamlOptions.Limits(Desk.SKEW, Duration.ofHours(1), 100),
            new SamlOptions.Tokens(TOKEN_URL, Duration.ofMinutes(5), null, 3));
    private final IssuerMetadata issuer = options.metadata(clock.surroundings());
    private final SignIn signIn =
            new SamlSignIn(options, issuer, options.memory(clock.surroundings()), clock.surroundings());
    private final CallerTokens tokens = new CallerTokens("corp", null, clock.surroundings());
    private final AssertionGrant grant = new AssertionGrant(options, TOKEN_URL, issuer, tokens, clock.surroundings());

    @BeforeEach
    void fetch() throws InterruptedException {
        issuer.refresh();
    }

    private Beginning.Away begun() {
        return signIn.begin("s".repeat(43), Messages.ENDPOINT) instanceof Beginning.Away away
                ? away
                : new Beginning.Away("", _ -> new Outcome.Refused("not_begun"));
    }

    private static String request(String location) throws IOException {
        String query = location.substring(location.indexOf("SAMLRequest=") + "SAMLRequest=".length());
        String base64 = URLDecoder.decode(query.substring(0, query.indexOf('&')), StandardCharsets.UTF_8);
        var xml = new ByteArrayOutputStream();
        try (var inflating = new InflaterOutputStream(xml, new Inflater(true))) {
            inflating.write(Base64.getDecoder().decode(base64));
        }
        return xml.toString(StandardCharsets.UTF_8);
    }

    @Test
    void sendsTheBrowserAwayWithARequestAndTheState() throws IOException {
        Beginning.Away away = begun();

        assertThat(away.to())
                .startsWith("https://idp.example/realms/acme/redirect?a=b&SAMLRequest=")
                .endsWith("&RelayState=" + "s".repeat(43));
        assertThat(request(away.to()))
                .contains("AssertionConsumerServiceURL=\"" + Messages.ENDPOINT + "\"")
                .contains("<saml:Issuer>" + Messages.AUDIENCE + "</saml:Issuer>");
    }

    @Test
    void refusesAnAnswerThatIsNoneOrNotSignedByTheIssuer() {
        assertThat(begun().attempt().finish(Map.of())).isEqualTo(new Outcome.Refused("no_response"));
        assertThat(begun().attempt().finish(Map.of("SAMLResponse", "%"))).isEqualTo(new Outcome.Refused("not_base64"));
        assertThat(begun().attempt().finish(Map.of("SAMLResponse", base64(Messages.signedResponse()))))
                .isEqualTo(new Outcome.Refused("bad_signature"));
    }

    private static String base64(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsTheLastGoodMetadataThroughAnOutageButNotForEver() throws InterruptedException {
        isGone.set(true);
        issuer.refresh();
        assertThat(begun().to()).isNotEmpty();
        assertThat(signIn.troubles())
                .singleElement()
                .asString()
                .contains("https://idp.example/metadata cannot be fetched: no route", "the last good one holds");

        clock.move(Duration.ofHours(1));

        assertThat(signIn.begin("s", Messages.ENDPOINT)).isEqualTo(new Beginning.Unavailable("metadata_unavailable"));
        assertThat(grant.grant(Secret.of("x"), "192.0.2.1"))
                .isEqualTo(new TokenGrant.Outcome.Unavailable("metadata_unavailable"));
        isGone.set(false);
        issuer.refresh();
        assertThat(begun().to()).isNotEmpty();
        assertThat(signIn.troubles()).isEmpty();
    }

    @Test
    void believesNoMetadataThatHasEnded() {
        clock.set(Instant.parse("2026-03-02T12:00:00Z"));

        assertThat(signIn.begin("s", Messages.ENDPOINT)).isEqualTo(new Beginning.Unavailable("metadata_unavailable"));
    }

    @Test
    void describesUsToTheIssuer() throws Exception {
        SignIn.Description description = signIn.description("https://hansard.example/login/corp/callback?a&b");

        assertThat(description).isNotNull();
        var document = Signing.parse(String.valueOf(description == null ? "" : description.content()));
        assertThat(document.getDocumentElement().getAttribute("entityID")).isEqualTo(Messages.AUDIENCE);
        assertThat(Signing.first(document, "AssertionConsumerService").getAttribute("Location"))
                .isEqualTo("https://hansard.example/login/corp/callback?a&b");
    }

    @Test
    void readsWhomAnAssertionIsAbout() throws Exception {
        SamlClaims claims = claims(Messages.keycloak());

        assertThat(options.subjects().person(claims))
                .isEqualTo(new Person(
                        new Caller("corp", "G-alice", List.of("sre", "R&D <eu>")), null, "alice@acme.example"));
    }

    private static SamlClaims claims(String response) {
        SamlOutcome outcome = new Desk().post(Signing.rsa().sign(response, "Response"));
        return outcome instanceof SamlOutcome.Verified(SamlClaims claims) ? claims : throwing(outcome);
    }

    private static SamlClaims throwing(SamlOutcome outcome) {
        throw new AssertionError(outcome);
    }

    @Test
    void refusesANameThatIsAnotherOneEachTime() {
        SamlClaims claims = claims(changed(Messages.keycloak(), "nameid-format:persistent", "nameid-format:transient"));

        assertThat(catchThrowable(() -> options.subjects().caller(claims))).hasMessageContaining("transient_subject");
    }

    @Test
    void limitsExchangesOfOneAddressAndNotOfOthers() {
        for (int i = 0; i < 3; i++) {
            assertThat(grant.grant(Secret.of("x"), "192.0.2.1")).isInstanceOf(TokenGrant.Outcome.Denied.class);
        }

        assertThat(grant.grant(Secret.of("x"), "192.0.2.1"))
                .isEqualTo(new TokenGrant.Outcome.Limited(Duration.ofMinutes(1)));
        assertThat(grant.grant(Secret.of("x"), "192.0.2.2")).isInstanceOf(TokenGrant.Outcome.Denied.class);
        clock.move(Duration.ofMinutes(1));
        assertThat(grant.grant(Secret.of("x"), "192.0.2.1")).isInstanceOf(TokenGrant.Outcome.Denied.class);
    }

    @Test
    void countsANetworkOfIpv6AsOne() {
        for (int i = 0; i < 3; i++) {
            grant.grant(Secret.of("x"), "2001:db8:0:1:0:0:0:" + i);
        }

        assertThat(grant.grant(Secret.of("x"), "2001:db8:0:1:a:b:c:d")).isInstanceOf(TokenGrant.Outcome.Limited.class);
        assertThat(grant.grant(Secret.of("x"), "2001:db8:0:2:0:0:0:1")).isInstanceOf(TokenGrant.Outcome.Denied.class);
    }

    @Test
    void leavesAnAssertionOfAnotherIssuerToAnotherProvider() {
        String foreign = changed(Messages.bare(), "realms/acme<", "realms/other<");

        assertThat(grant.grant(assertion(foreign), "192.0.2.1")).isEqualTo(new TokenGrant.Outcome.NotMine());
        assertThat(grant.grant(assertion(Messages.bare()), "192.0.2.1"))
                .isEqualTo(new TokenGrant.Outcome.Denied(TokenGrant.Problem.INVALID_GRANT, "bad_signature"));
    }

    private static Secret assertion(String xml) {
        String signed = Signing.rsa().sign(xml, "Assertion");
        return Secret.of(Base64.getUrlEncoder().encodeToString(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void recognisesItsTokensAndRefusesAnAmbiguousCall() {
        var provider = new SamlProvider(issuer, tokens, grant);
        Caller shop = new Caller("corp", "shop", List.of());
        Secret token = tokens.make(shop, Duration.ofMinutes(5));
        String text = token == null ? "" : token.reveal();

        assertThat(provider.identify(PresentedBuilder.aCall().bearer(text).build()))
                .isInstanceOfSatisfying(
                        Identification.Recognised.class,
                        known -> assertThat(known.caller()).isEqualTo(shop));
        assertThat(provider.identify(
                        PresentedBuilder.aCall().bearer(text).bearer("x").build()))
                .isInstanceOf(Identification.Refused.class);
        assertThat(provider.identify(PresentedBuilder.aCall().bearer("hsk_1").build()))
                .isEqualTo(new Identification.NotMine());
    }
}
