// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static dev.hansard.idp.saml.Messages.changed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.Signing;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that an issuer signs but we must not accept, and messages that were changed after they were signed. */
class AlteredMessagesTest {
    private static final String IN_RESPONSE_TO = " InResponseTo=\"_9f3c1f0e\"";
    private static final String NAME =
            "<saml:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">G-alice</saml:NameID>";
    private static final String AUDIENCE = "<saml:Audience>https://hansard.example/saml</saml:Audience>";
    private static final String RECIPIENT = "Recipient=\"https://hansard.example/saml/acs\"";
    private static final String DESTINATION = "Destination=\"https://hansard.example/saml/acs\"";
    private static final String DATA_END = "NotOnOrAfter=\"2026-03-01T12:05:00.000Z\"";
    private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    private static final String ASSERTION_ISSUER =
            "Version=\"2.0\"><saml:Issuer>https://idp.example/realms/acme</saml:Issuer><saml:Subject>";
    private static final String ENCRYPTED = "<saml:EncryptedID xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\">"
            + "<xenc:EncryptedData/></saml:EncryptedID>";

    private final Desk desk = new Desk();

    /** Changed before it is signed, so that signature and digest are right. */
    static Stream<Arguments> signed() {
        return Stream.of(
                row(Flaw.WRONG_AUDIENCE, AUDIENCE, "<saml:Audience>https://other.example</saml:Audience>"),
                row(Flaw.WRONG_AUDIENCE, AUDIENCE, "<saml:Audience>https://hansard.example/saml/</saml:Audience>"),
                row(Flaw.WRONG_AUDIENCE, AUDIENCE, "<saml:Audience>https://hansard.example/SAML</saml:Audience>"),
                row(Flaw.WRONG_AUDIENCE, AUDIENCE, ""),
                row(Flaw.WRONG_AUDIENCE, "<saml:AudienceRestriction>" + AUDIENCE + "</saml:AudienceRestriction>", ""),
                row(
                        Flaw.WRONG_AUDIENCE,
                        "</saml:Conditions>",
                        "<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience>"
                                + "</saml:AudienceRestriction></saml:Conditions>"),
                row(
                        Flaw.UNKNOWN_CONDITION,
                        "</saml:Conditions>",
                        "<saml:Condition xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:x=\"urn:x\""
                                + " xsi:type=\"x:OnlyOnMondays\"/></saml:Conditions>"),
                row(Flaw.WRONG_RECIPIENT, RECIPIENT, "Recipient=\"https://other.example/saml/acs\""),
                row(Flaw.WRONG_RECIPIENT, RECIPIENT, "Recipient=\"https://hansard.example/saml/acs?\""),
                row(Flaw.WRONG_RECIPIENT, RECIPIENT, ""),
                row(Flaw.WRONG_DESTINATION, DESTINATION, "Destination=\"https://other.example/saml/acs\""),
                row(Flaw.WRONG_DESTINATION, DESTINATION, "Destination=\"\""),
                row(Flaw.UNASKED, IN_RESPONSE_TO, ""),
                row(Flaw.UNASKED, IN_RESPONSE_TO + " NotOnOrAfter", " NotOnOrAfter"),
                row(Flaw.WRONG_REQUEST, IN_RESPONSE_TO + " NotOnOrAfter", " InResponseTo=\"_1\" NotOnOrAfter"),
                row(Flaw.WRONG_REQUEST, IN_RESPONSE_TO + " IssueInstant", " InResponseTo=\"_1\" IssueInstant"),
                row(Flaw.WRONG_ISSUER, ASSERTION_ISSUER, ASSERTION_ISSUER.replace("acme", "evil")),
                row(Flaw.WRONG_ISSUER, "realms/acme<", "realms/acme <"),
                row(Flaw.WRONG_ISSUER, "<saml:Issuer>", "<saml:Issuer Format=\"urn:x\">"),
                row(Flaw.MALFORMED, ASSERTION_ISSUER, "Version=\"2.0\"><saml:Subject>"),
                row(Flaw.EXPIRED, DATA_END, "NotOnOrAfter=\"2026-03-01T11:59:00Z\""),
                row(Flaw.EXPIRED, "NotOnOrAfter=\"2026-03-01T12:10:00.000Z\"", "NotOnOrAfter=\"2026-03-01T11:59:00Z\""),
                row(Flaw.EXPIRED, "SessionNotOnOrAfter=\"2026-03-01T22", "SessionNotOnOrAfter=\"2026-03-01T10"),
                row(Flaw.NOT_YET_VALID, "NotBefore=\"2026-03-01T11:59:58.000Z\"", "NotBefore=\"2026-03-01T12:01:00Z\""),
                row(Flaw.NOT_YET_VALID, DATA_END, DATA_END + " NotBefore=\"2026-03-01T12:01:00Z\""),
                row(Flaw.MALFORMED, DATA_END, ""),
                row(Flaw.MALFORMED, DATA_END, "NotOnOrAfter=\"2026-03-01T12:05:00\""),
                row(Flaw.MALFORMED, DATA_END, "NotOnOrAfter=\"2026-13-01T12:05:00Z\""),
                row(Flaw.MALFORMED, DATA_END, "NotOnOrAfter=\"2026-03-01T14:05:00+02:00\""),
                row(Flaw.LIVES_TOO_LONG, ":05:00.000Z\"", ":05:00.000Z\"", "T12:05", "T15:05", "T12:10", "T15:10"),
                row(
                        Flaw.ISSUED_IN_FUTURE,
                        "IssueInstant=\"2026-03-01T12:00:00.120Z\"",
                        "IssueInstant=\"2027-03-01T12:00:00Z\""),
                row(
                        Flaw.ISSUED_IN_FUTURE,
                        "IssueInstant=\"2026-03-01T12:00:00.123Z\"",
                        "IssueInstant=\"2027-03-01T12:00:00Z\""),
                row(Flaw.NOT_FOR_BEARERS, BEARER, "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"),
                row(Flaw.NOT_FOR_BEARERS, "Method=\"" + BEARER + "\"", "Method=\"\""),
                row(Flaw.INVALID_SUBJECT, NAME, ""),
                row(Flaw.INVALID_SUBJECT, "G-alice", " "),
                row(Flaw.INVALID_SUBJECT, "G-alice", "G-alice&#13;&#10;X-Role: admin"),
                row(Flaw.INVALID_SUBJECT, "G-alice", "a".repeat(513)),
                row(Flaw.MALFORMED, NAME, NAME + NAME),
                row(Flaw.TEXT_WITH_MARKUP, "G-alice", "admin<x xmlns=\"urn:x\">-not</x>"),
                row(Flaw.ENCRYPTED, NAME, ENCRYPTED),
                row(
                        Flaw.MALFORMED,
                        "Version=\"2.0\"><saml:Issuer>https://idp.example/realms/acme</saml:Issuer><saml:S",
                        "Version=\"1.1\"><saml:Issuer>https://idp.example/realms/acme</saml:Issuer><saml:S"),
                row(Flaw.MALFORMED, "<saml:AttributeStatement>", "<saml:Unknown/><saml:AttributeStatement>"),
                row(Flaw.MALFORMED, "<saml:Conditions ", "<saml:Advice/><saml:Conditions "),
                row(Flaw.MALFORMED, "Name=\"Role\"", "Name=\"\""),
                row(Flaw.REFUSED_BY_ISSUER, "status:Success", "status:Responder"),
                row(Flaw.DUPLICATE_ID, "ID=\"ID_response\"", "ID=\"ID_assertion\""),
                row(Flaw.DUPLICATE_ID, "<saml:AuthnContext>", "<saml:AuthnContext xml:id=\"ID_assertion\">"),
                row(Flaw.DUPLICATE_ID, "<saml:AuthnContext>", "<saml:AuthnContext Id=\"ID_assertion\">"),
                row(
                        Flaw.TWO_ASSERTIONS,
                        "</saml:Conditions>",
                        "</saml:Conditions><saml:Advice><saml:Assertion ID=\"b\"/></saml:Advice>"),
                row(
                        Flaw.TWO_ASSERTIONS,
                        "<saml:AttributeValue>sre",
                        "<saml:AttributeValue><Assertion xmlns=\"urn:x\"/></saml:AttributeValue>"
                                + "<saml:AttributeValue>sre"),
                row(
                        Flaw.MISPLACED_SIGNATURE,
                        "<saml:AttributeValue>sre",
                        "<saml:AttributeValue><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>"
                                + "</saml:AttributeValue><saml:AttributeValue>sre"));
    }

    private static Arguments row(Flaw flaw, String... changes) {
        String text = Messages.keycloak();
        for (int i = 0; i < changes.length; i += 2) {
            text = changed(text, changes[i], changes[i + 1]);
        }
        return Arguments.of(flaw, text);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("signed")
    void refusesASignedAssertionThatIsNotForUs(Flaw flaw, String xml) {
        assertThat(desk.post(Signing.rsa().sign(xml, "Assertion"))).isEqualTo(Desk.rejected(flaw));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("signed")
    void refusesASignedResponseThatIsNotForUs(Flaw flaw, String xml) {
        assertThat(desk.post(Signing.rsa().sign(xml, "Response"))).isEqualTo(Desk.rejected(flaw));
    }

    /** Changed after it was signed: nothing that was read before stays true. */
    static Stream<Arguments> forged() {
        return Stream.concat(changedContents(), movedSignatures());
    }

    private static Stream<Arguments> changedContents() {
        String signed = Messages.signedAssertion();
        String both = Messages.bothSigned();
        String response = Messages.signedResponse();
        String signature = signed.substring(signed.indexOf("<ds:Signature "), signed.indexOf("</ds:Signature>") + 15);
        String keyInfo = signature.substring(signature.indexOf("<ds:KeyInfo>"), signature.indexOf("</ds:Signature>"));
        return Stream.of(
                Arguments.of(Flaw.ALTERED, changed(signed, "G-alice", "admin")),
                Arguments.of(Flaw.ALTERED, changed(response, "G-alice", "admin")),
                Arguments.of(Flaw.ALTERED, changed(both, "G-alice", "admin")),
                Arguments.of(Flaw.ALTERED, changed(signed, ">sre<", ">admin<")),
                Arguments.of(Flaw.ALTERED, changed(signed, "G-alice<", "G-alice <")),
                Arguments.of(Flaw.ALTERED, changed(both, "Destination=\"https", "Destination=\"http")),
                Arguments.of(Flaw.UNSIGNED, Messages.keycloak()),
                Arguments.of(Flaw.UNSIGNED, changed(signed, signature, "")),
                Arguments.of(Flaw.BAD_SIGNATURE, changed(signed, "<ds:SignatureValue>", "<ds:SignatureValue>AAAA")),
                Arguments.of(Flaw.MALFORMED_SIGNATURE, changed(signed, "<ds:SignatureValue>", "<ds:SignatureValue>*")),
                Arguments.of(Flaw.MALFORMED_SIGNATURE, changed(signed, "</ds:Reference>", "</ds:Reference><ds:X/>")),
                Arguments.of(Flaw.MALFORMED_SIGNATURE, changed(signed, keyInfo, "<ds:Object/>")),
                Arguments.of(Flaw.MALFORMED_SIGNATURE, changed(signed, keyInfo, keyInfo + "<ds:Object/>")),
                Arguments.of(
                        Flaw.MALFORMED_SIGNATURE,
                        changed(
                                signed,
                                "rsa-sha256\"/>",
                                "rsa-sha256\"><ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>")));
    }

    private static Stream<Arguments> movedSignatures() {
        String signed = Messages.signedAssertion();
        String signature = signed.substring(signed.indexOf("<ds:Signature "), signed.indexOf("</ds:Signature>") + 15);
        return Stream.of(
                Arguments.of(Flaw.WRONG_REFERENCE, changed(signed, "<ds:Reference ", "<ds:Reference/><ds:Reference ")),
                Arguments.of(Flaw.WRONG_REFERENCE, changed(signed, "URI=\"#ID_assertion\"", "URI=\"#ID_response\"")),
                Arguments.of(Flaw.WRONG_REFERENCE, changed(signed, "ID=\"ID_assertion\"", "ID=\"ID_other\"")),
                Arguments.of(Flaw.MALFORMED_ID, changed(signed, "ID=\"ID_assertion\"", "ID=\"\"")),
                Arguments.of(Flaw.MALFORMED, changed(signed, " ID=\"ID_assertion\"", "")),
                Arguments.of(Flaw.MISPLACED_SIGNATURE, changed(signed, signature, signature + signature)),
                Arguments.of(
                        Flaw.MISPLACED_SIGNATURE,
                        changed(
                                changed(signed, signature, ""),
                                "<samlp:Status>",
                                "<samlp:Extensions>" + signature + "</samlp:Extensions><samlp:Status>")),
                Arguments.of(Flaw.MISPLACED_SIGNATURE, changed(signed, signature, "<Signature xmlns=\"urn:x\"/>")),
                Arguments.of(
                        Flaw.WRONG_REFERENCE,
                        changed(changed(signed, signature, ""), "<samlp:Status>", signature + "<samlp:Status>")),
                Arguments.of(
                        Flaw.WRONG_DOCUMENT,
                        Signing.rsa()
                                .sign(Messages.bare(), "Assertion")
                                .replace("<saml:Assertion", "<saml:A")
                                .replace("</saml:Assertion", "</saml:A")),
                Arguments.of(
                        Flaw.WRONG_DOCUMENT,
                        changed(
                                changed(signed, "<samlp:Response ", "<saml:Response "),
                                "</samlp:Response>",
                                "</saml:Response>")));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("forged")
    void refusesWhatWasChangedAfterwards(Flaw flaw, String xml) {
        assertThat(desk.post(xml)).isEqualTo(Desk.rejected(flaw));
    }

    @Test
    void refusesAResponseWithoutAnAssertion() {
        String text = Messages.keycloak();
        String none = text.substring(0, text.indexOf("<saml:Assertion")) + "</samlp:Response>";

        assertThat(desk.post(none)).isEqualTo(Desk.rejected(Flaw.NO_ASSERTION));
    }

    @Test
    void refusesAnEncryptedAssertion() {
        String text = Messages.keycloak();
        String encrypted =
                text.substring(0, text.indexOf("<saml:Assertion")) + "<saml:EncryptedAssertion/></samlp:Response>";

        assertThat(desk.post(encrypted)).isEqualTo(Desk.rejected(Flaw.ENCRYPTED));
    }

    @Test
    void refusesAnAnswerInWhichNobodySignedIn() {
        String text = Messages.keycloak();
        String statement =
                text.substring(text.indexOf("<saml:AuthnStatement"), text.indexOf("<saml:AttributeStatement>"));

        assertThat(desk.post(Signing.rsa().sign(changed(text, statement, ""), "Response")))
                .isEqualTo(Desk.rejected(Flaw.NOT_SIGNED_IN));
    }

    @Test
    void refusesASignedResponseThatDoesNotSayWhereItGoes() {
        String text = changed(Messages.keycloak(), DESTINATION, "");

        assertThat(desk.post(Signing.rsa().sign(text, "Response"))).isEqualTo(Desk.rejected(Flaw.WRONG_DESTINATION));
    }

    @Test
    void refusesAGrantWhoseOwnSignatureIsMissing() {
        assertThat(desk.grant(Messages.bare())).isEqualTo(Desk.rejected(Flaw.UNSIGNED));
        assertThat(desk.grant(Messages.signedResponse())).isEqualTo(Desk.rejected(Flaw.WRONG_DOCUMENT));
    }

    @Test
    void refusesAGrantThatWasTheAnswerToASignIn() {
        String posted = changed(Messages.keycloakAssertion(), RECIPIENT, "Recipient=\"https://hansard.example/login\"");

        assertThat(desk.grant(Signing.rsa().sign(posted, "Assertion"))).isEqualTo(Desk.rejected(Flaw.WRONG_RECIPIENT));
    }

    /** As it comes by the ECP profile: whoever brings it had asked for it. */
    @Test
    void acceptsAGrantThatItsBearerAskedFor() {
        assertThat(desk.grant(Signing.rsa().sign(Messages.keycloakAssertion(), "Assertion")))
                .isInstanceOf(SamlOutcome.Verified.class);
    }
}
