// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.xml.Signing;

/** Messages of an issuer, without signatures, in the shapes of servers that are widespread. */
final class Messages {
    static final String ISSUER = "https://idp.example/realms/acme";
    static final String AUDIENCE = "https://hansard.example/saml";
    static final String ENDPOINT = "https://hansard.example/saml/acs";
    static final String REQUEST = "_9f3c1f0e";

    private Messages() {}

    /** As Keycloak writes it. */
    static String keycloak() {
        return """
                <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
                xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Destination="https://hansard.example/saml/acs" \
                ID="ID_response" InResponseTo="_9f3c1f0e" IssueInstant="2026-03-01T12:00:00.123Z" Version="2.0">\
                <saml:Issuer>https://idp.example/realms/acme</saml:Issuer>\
                <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>\
                %s</samlp:Response>""".formatted(keycloakAssertion());
    }

    static String keycloakAssertion() {
        return """
                <saml:Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" \
                xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="ID_assertion" \
                IssueInstant="2026-03-01T12:00:00.120Z" Version="2.0">\
                <saml:Issuer>https://idp.example/realms/acme</saml:Issuer>\
                <saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">G-alice</saml:NameID>\
                <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
                <saml:SubjectConfirmationData InResponseTo="_9f3c1f0e" NotOnOrAfter="2026-03-01T12:05:00.000Z" \
                Recipient="https://hansard.example/saml/acs"/></saml:SubjectConfirmation></saml:Subject>\
                <saml:Conditions NotBefore="2026-03-01T11:59:58.000Z" NotOnOrAfter="2026-03-01T12:10:00.000Z">\
                <saml:AudienceRestriction><saml:Audience>https://hansard.example/saml</saml:Audience>\
                </saml:AudienceRestriction></saml:Conditions>\
                <saml:AuthnStatement AuthnInstant="2026-03-01T12:00:00.120Z" SessionIndex="s-1::c-1" \
                SessionNotOnOrAfter="2026-03-01T22:00:00.120Z"><saml:AuthnContext>\
                <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef>\
                </saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>\
                <saml:Attribute FriendlyName="email" Name="urn:oid:1.2.840.113549.1.9.1" \
                NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">\
                <saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" \
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">alice@acme.example</saml:AttributeValue>\
                </saml:Attribute>\
                <saml:Attribute Name="Role"><saml:AttributeValue>sre</saml:AttributeValue></saml:Attribute>\
                <saml:Attribute Name="Role"><saml:AttributeValue>R&amp;D &lt;eu&gt;</saml:AttributeValue></saml:Attribute>\
                </saml:AttributeStatement></saml:Assertion>""";
    }

    /** As ADFS writes it: assertions without a prefix, times with seven digits less or more, no session end. */
    static String adfs() {
        return """
                <samlp:Response ID="_c2f5" Version="2.0" IssueInstant="2026-03-01T12:00:00.0000001Z" \
                Destination="https://hansard.example/saml/acs" Consent="urn:oasis:names:tc:SAML:2.0:consent:unspecified" \
                InResponseTo="_9f3c1f0e" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">\
                <Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://idp.example/realms/acme</Issuer>\
                <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success" /></samlp:Status>\
                <Assertion ID="_7a1b" IssueInstant="2026-03-01T12:00:00.000Z" Version="2.0" \
                xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>https://idp.example/realms/acme</Issuer>\
                <Subject><NameID>ACME\\alice</NameID>\
                <SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData \
                InResponseTo="_9f3c1f0e" NotOnOrAfter="2026-03-01T12:05:00.000Z" \
                Recipient="https://hansard.example/saml/acs" /></SubjectConfirmation></Subject>\
                <Conditions NotBefore="2026-03-01T12:00:00.000Z" NotOnOrAfter="2026-03-01T13:00:00.000Z">\
                <AudienceRestriction><Audience>https://hansard.example/saml</Audience></AudienceRestriction></Conditions>\
                <AttributeStatement><Attribute Name="http://schemas.xmlsoap.org/claims/Group">\
                <AttributeValue>Domain Users</AttributeValue><AttributeValue>sre</AttributeValue></Attribute>\
                </AttributeStatement>\
                <AuthnStatement AuthnInstant="2026-03-01T11:59:00.000Z" SessionIndex="_7a1b"><AuthnContext>\
                <AuthnContextClassRef>urn:federation:authentication:windows</AuthnContextClassRef></AuthnContext>\
                </AuthnStatement></Assertion></samlp:Response>""";
    }

    /** As people print it: a line for each element. */
    static String printed() {
        return keycloak()
                .replace("><saml", ">\n    <saml")
                .replace("></saml", ">\n  </saml")
                .replace(">\n  </saml:NameID", "></saml:NameID");
    }

    /** An assertion as a service brings it (RFC 7522): nobody asked for it, and nobody signed in. */
    static String bare() {
        String assertion = changed(keycloakAssertion(), " InResponseTo=\"_9f3c1f0e\"", "");
        return assertion.substring(0, assertion.indexOf("<saml:AuthnStatement")) + "</saml:Assertion>";
    }

    /** The text with a change, which must be one. */
    static String changed(String text, String from, String to) {
        assertThat(text).contains(from);
        return text.replace(from, to);
    }

    static String signedAssertion() {
        return Signing.rsa().sign(keycloak(), "Assertion");
    }

    static String signedResponse() {
        return Signing.rsa().sign(keycloak(), "Response");
    }

    static String bothSigned() {
        return Signing.rsa().sign(signedAssertion(), "Response");
    }
}
