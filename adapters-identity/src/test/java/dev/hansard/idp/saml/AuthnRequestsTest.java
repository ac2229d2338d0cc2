// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.idp.jose.MovedClock;
import dev.hansard.idp.xml.Signing;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class AuthnRequestsTest {
    private static final URI SIGN_ON = URI.create("https://idp.example/sso?tenant=a%26b&x=y");

    private static AuthnRequests requests(@Nullable PrivateKey key) {
        return new AuthnRequests(Desk.settings(1), SIGN_ON, key, () -> MovedClock.NOON, new Random(7));
    }

    private static Map<String, String> query(URI location) {
        Map<String, String> query = new LinkedHashMap<>();
        Arrays.stream(location.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return query;
    }

    private static Element inflated(Map<String, String> query) throws Exception {
        byte[] deflated = Base64.getDecoder().decode(query.get("SAMLRequest"));
        try (var in = new InflaterInputStream(new ByteArrayInputStream(deflated), new Inflater(true))) {
            return Signing.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getDocumentElement();
        }
    }

    @Test
    void asksTheIssuerToSignIn() throws Exception {
        AuthnRequests.Redirect redirect = requests(null).next("");

        Element request = inflated(query(redirect.location()));
        assertThat(redirect.location().toString()).startsWith(SIGN_ON + "&SAMLRequest=");
        assertThat(query(redirect.location())).containsOnlyKeys("tenant", "x", "SAMLRequest");
        assertThat(request.getLocalName()).isEqualTo("AuthnRequest");
        assertThat(request.getAttribute("ID")).isEqualTo(redirect.id()).matches("_[0-9a-f]{40}");
        assertThat(request.getAttribute("IssueInstant")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(request.getAttribute("Destination")).isEqualTo(SIGN_ON.toString());
        assertThat(request.getAttribute("AssertionConsumerServiceURL")).isEqualTo(Messages.ENDPOINT);
        assertThat(request.getFirstChild().getTextContent()).isEqualTo(Messages.AUDIENCE);
    }

    @Test
    void asksWithAnotherIdEachTime() {
        AuthnRequests requests = requests(null);

        assertThat(requests.next("").id()).isNotEqualTo(requests.next("").id());
    }

    @Test
    void signsTheQueryAsItIsSent() throws Exception {
        AuthnRequests.Redirect redirect =
                requests(Signing.rsa().keys().getPrivate()).next("a b&c");

        String raw = redirect.location().getRawQuery();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(Signing.rsa().keys().getPublic());
        signature.update(raw.substring(raw.indexOf("SAMLRequest="), raw.indexOf("&Signature="))
                .getBytes(StandardCharsets.US_ASCII));
        Map<String, String> query = query(redirect.location());
        assertThat(query).containsEntry("RelayState", "a b&c").containsEntry("SigAlg", Signing.RSA_SHA256);
        assertThat(signature.verify(Base64.getDecoder().decode(query.get("Signature"))))
                .isTrue();
    }

    @Test
    void refusesARelayStateThatIsTooLong() {
        assertThat(requests(null).next("é".repeat(40)).location().getRawQuery()).contains("&RelayState=");
        assertThatThrownBy(() -> requests(null).next("é".repeat(41))).hasMessageContaining("at most 80 bytes");
    }

    @Test
    void refusesAKeyThatIssuersWouldNotUnderstand() {
        PrivateKey ec = Signing.ec().keys().getPrivate();

        assertThatThrownBy(() -> requests(ec)).hasMessageContaining("of the kind EC; give an RSA key, or none");
    }
}
