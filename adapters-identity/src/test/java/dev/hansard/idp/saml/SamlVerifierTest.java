// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static dev.hansard.idp.saml.Messages.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.hansard.idp.saml.SamlClaims.NameId;
import dev.hansard.idp.saml.SamlOutcome.Verified;
import dev.hansard.idp.saml.SamlVerifier.Expected;
import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.Signing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Legal messages are accepted, and say what was signed. */
class SamlVerifierTest {
    private static final String DSIG_MORE = "http://www.w3.org/2001/04/xmldsig-more#";

    private final Desk desk = new Desk();

    static Stream<Arguments> legal() {
        return Stream.concat(shapes(), variants());
    }

    private static Stream<Arguments> shapes() {
        Signing rsa = Signing.rsa();
        Signing ec = Signing.ec();
        String keycloak = Messages.keycloak();
        return Stream.of(
                Arguments.of("keycloak, assertion", rsa.sign(keycloak, "Assertion")),
                Arguments.of("keycloak, response", rsa.sign(keycloak, "Response")),
                Arguments.of("keycloak, both", Messages.bothSigned()),
                Arguments.of("keycloak, both, two keys", ec.sign(rsa.sign(keycloak, "Assertion"), "Response")),
                Arguments.of("keycloak, EC assertion", ec.sign(keycloak, "Assertion")),
                Arguments.of("keycloak, EC response", ec.sign(keycloak, "Response")),
                Arguments.of("adfs, assertion", rsa.sign(Messages.adfs(), "Assertion")),
                Arguments.of("adfs, response", rsa.sign(Messages.adfs(), "Response")),
                Arguments.of("adfs, EC both", ec.sign(ec.sign(Messages.adfs(), "Assertion"), "Response")),
                Arguments.of("printed, assertion", rsa.sign(Messages.printed(), "Assertion")),
                Arguments.of("printed, response", rsa.sign(Messages.printed(), "Response")),
                Arguments.of("declared", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + Messages.signedAssertion()),
                Arguments.of("byte order mark", "\uFEFF" + Messages.signedAssertion()),
                Arguments.of("SHA-512", rsa.withMethod(DSIG_MORE + "rsa-sha512").sign(keycloak, "Assertion")),
                Arguments.of(
                        "ECDSA SHA-384",
                        ec.withMethod(DSIG_MORE + "ecdsa-sha384").sign(keycloak, "Response")),
                Arguments.of(
                        "digest SHA-512", rsa.withDigest(DigestMethod.SHA512).sign(keycloak, "Response")),
                Arguments.of(
                        "enveloped alone",
                        rsa.withTransforms(Transform.ENVELOPED).sign(keycloak, "Assertion")));
    }

    private static Stream<Arguments> variants() {
        String keycloak = Messages.keycloak();
        String extended = "<samlp:Extensions><x xmlns=\"urn:x\"/></samlp:Extensions><samlp:Status>";
        return Stream.of(
                Arguments.of("without destination", signedWithout(" Destination=\"https://hansard.example/saml/acs\"")),
                Arguments.of(
                        "without an issuer around",
                        signedWithout(keycloak.substring(
                                keycloak.indexOf("<saml:Issuer>"), keycloak.indexOf("<samlp:Status>")))),
                Arguments.of("a CDATA section", signedWith("G-alice<", "<![CDATA[G-alice]]><")),
                Arguments.of(
                        "an entity format",
                        signedWith("<saml:Issuer>", "<saml:Issuer Format=\"" + SamlNames.ENTITY + "\">")),
                Arguments.of("one time use", signedWith("</saml:Conditions>", "<saml:OneTimeUse/></saml:Conditions>")),
                Arguments.of(
                        "two audiences",
                        signedWith(
                                "<saml:Audience>",
                                "<saml:Audience>https://other.example</saml:Audience><saml:Audience>")),
                Arguments.of("another confirmation first", signedWith("<saml:SubjectConfirmation ", """
                        <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"/>\
                        <saml:SubjectConfirmation\s""")),
                Arguments.of("advice", signedWith("</saml:Conditions>", "</saml:Conditions><saml:Advice/>")),
                Arguments.of(
                        "extensions", Signing.rsa().sign(changed(keycloak, "<samlp:Status>", extended), "Assertion")));
    }

    private static String signedWith(String from, String to) {
        return Signing.rsa().sign(changed(Messages.keycloak(), from, to), "Assertion");
    }

    private static String signedWithout(String text) {
        // The first alone: an assertion has an issuer, too.
        String keycloak = Messages.keycloak();
        int at = keycloak.indexOf(text);
        return Signing.rsa().sign(keycloak.substring(0, at) + keycloak.substring(at + text.length()), "Assertion");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("legal")
    void acceptsWhatServersSend(String shape, String xml) {
        SamlOutcome outcome = desk.post(xml);

        assertThat(outcome).as(shape).asInstanceOf(type(Verified.class)).satisfies(verified -> {
            assertThat(verified.claims().issuer()).isEqualTo(Messages.ISSUER);
            assertThat(verified.claims().nameId().value()).endsWith("alice");
            assertThat(verified.claims().attributes().values()).anyMatch(values -> values.contains("sre"));
        });
    }

    @Test
    void saysWhatWasSigned() {
        SamlOutcome outcome = desk.post(Messages.signedAssertion());

        assertThat(outcome)
                .isEqualTo(new Verified(new SamlClaims(
                        Messages.ISSUER,
                        "ID_assertion",
                        new NameId("G-alice", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
                        Map.of(
                                "urn:oid:1.2.840.113549.1.9.1", List.of("alice@acme.example"),
                                "Role", List.of("sre", "R&D <eu>")),
                        "s-1::c-1",
                        Instant.parse("2026-03-01T12:05:00Z"),
                        Instant.parse("2026-03-01T22:00:00.120Z"))));
    }

    @Test
    void leavesOutAttributesWithMarkup() {
        String value = "<saml:AttributeValue>sre</saml:AttributeValue>";
        String targeted = "<saml:AttributeValue><saml:NameID>x</saml:NameID></saml:AttributeValue>";

        SamlOutcome outcome = desk.post(signedWith(value, value + targeted));

        assertThat(outcome)
                .asInstanceOf(type(Verified.class))
                .extracting(verified -> verified.claims().attributes())
                .isEqualTo(Map.of("urn:oid:1.2.840.113549.1.9.1", List.of("alice@acme.example")));
    }

    @Test
    void leavesOutValuesThatAreNil() {
        String nil = "<saml:AttributeValue xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>";

        SamlOutcome outcome = desk.post(signedWith("<saml:AttributeValue>sre<", nil + "<saml:AttributeValue>sre<"));

        assertThat(outcome)
                .asInstanceOf(type(Verified.class))
                .extracting(verified -> verified.claims().attributes().get("Role"))
                .isEqualTo(List.of("sre", "R&D <eu>"));
    }

    @Test
    void acceptsAnAssertionThatAServiceBrings() {
        SamlOutcome outcome = desk.grant(Signing.ec().sign(Messages.bare(), "Assertion"));

        assertThat(outcome)
                .asInstanceOf(type(Verified.class))
                .satisfies(
                        verified -> assertThat(verified.claims().sessionIndex()).isNull());
    }

    @Test
    void acceptsAnUnsolicitedResponseWhereOneIsExpected() {
        String unasked = changed(Messages.keycloak(), " InResponseTo=\"_9f3c1f0e\"", "");
        String signed = Signing.rsa().sign(unasked, "Assertion");

        assertThat(desk.post(signed)).isEqualTo(Desk.rejected(Flaw.UNASKED));
        assertThat(desk.post(Messages.signedAssertion(), new Expected.Unsolicited()))
                .isEqualTo(Desk.rejected(Flaw.WRONG_REQUEST));
        assertThat(desk.post(signed, new Expected.Unsolicited())).isInstanceOf(Verified.class);
    }

    @Test
    void readsAttributesOfTheSignedAssertionOnly() {
        String signed = Messages.signedAssertion();
        String other = changed(signed, "ID=\"ID_response\"", "ID=\"anybody\"");

        assertThat(desk.post(other)).isInstanceOf(Verified.class);
    }
}
