// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static dev.hansard.idp.saml.Messages.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.idp.jose.MovedClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamlMetadataTest {
    /** As Keycloak writes it, and with what others add. */
    static final String METADATA = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- of the realm acme -->
            <md:EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" \
            xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" \
            xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://idp.example/realms/acme" \
            validUntil="2026-03-02T12:00:00Z">
              <md:IDPSSODescriptor WantAuthnRequestsSigned="true" \
            protocolSupportEnumeration="urn:oasis:names:tc:SAML:1.1:protocol urn:oasis:names:tc:SAML:2.0:protocol">
                <md:KeyDescriptor use="signing"><ds:KeyInfo><ds:KeyName>k</ds:KeyName><ds:X509Data>
                  <ds:X509Certificate>
                    %s
                  </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
                <md:KeyDescriptor><ds:KeyInfo><ds:X509Data>
                  <ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
                <md:KeyDescriptor use="encryption"><ds:KeyInfo><ds:X509Data>
                  <ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
                <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" \
            Location="https://idp.example/realms/acme/post"/>
                <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" \
            Location="https://idp.example/realms/acme/redirect?a=b"/>
                <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" \
            Location="https://idp.example/realms/acme/soap"/>
              </md:IDPSSODescriptor>
            </md:EntityDescriptor>
            """.formatted(Certificates.RSA_2048, Certificates.EC_P256, Certificates.RSA_1024);

    private static SamlMetadata parse(String text) throws UnusableMetadataException {
        return SamlMetadata.parse(text.getBytes(StandardCharsets.UTF_8), Messages.ISSUER, MovedClock.NOON);
    }

    @Test
    void readsWhatIsUsed() throws UnusableMetadataException {
        SamlMetadata metadata = parse(METADATA);

        assertThat(metadata.entityId()).isEqualTo(Messages.ISSUER);
        assertThat(metadata.keys().keys()).extracting(PublicKey::getAlgorithm).containsExactly("RSA", "EC");
        assertThat(metadata.post()).isEqualTo(URI.create("https://idp.example/realms/acme/post"));
        assertThat(metadata.redirect()).isEqualTo(URI.create("https://idp.example/realms/acme/redirect?a=b"));
        assertThat(metadata.wantsSignedRequests()).isTrue();
        assertThat(metadata.validUntil()).isEqualTo(Instant.parse("2026-03-02T12:00:00Z"));
    }

    @Test
    void readsOneOfManyAndTheEarliestEnd() throws UnusableMetadataException {
        String one = METADATA.substring(METADATA.indexOf("<md:Ent"));
        String many = "\uFEFF<EntitiesDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\""
                + " validUntil=\"2026-03-01T13:00:00Z\"><EntityDescriptor entityID=\"https://other.example\""
                + " validUntil=\"2020-01-01T00:00:00Z\"/>" + one + "</EntitiesDescriptor>";

        assertThat(parse(many).validUntil()).isEqualTo(Instant.parse("2026-03-01T13:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            entityID="https://idp.example/realms/acme"    | entityID="https://x.example"     | but describes 'https://x.example'
            validUntil="2026-03-02T12                     | validUntil="2026-03-01T12        | was valid until 2026-03-01T12:00:00Z
            validUntil="2026-03-02T12:00:00Z              | validUntil="tomorrow             | malformed
            IDPSSODescriptor                              | SPSSODescriptor                  | as a SAML 2.0 identity provider
            SAML:2.0:protocol                             | SAML:2.1:protocol                | as a SAML 2.0 identity provider
            use="encryption"                              | use="signing"                    | has 1024 bits, but an RSA key must have 2048
            https://idp.example/realms/acme/post          | javascript:alert(1)              | http or https address
            https://idp.example/realms/acme/post          | https:///                        | http or https address
            <ds:KeyName>k</ds:KeyName>                    | <ds:KeyName>                     | not_well_formed
            of the realm acme -->                         | --><!DOCTYPE x>                  | doctype
            <ds:X509Certificate>                          | <ds:X509Certificate><!-- -->     | text_with_markup
            <ds:X509Certificate>                          | <ds:X509Certificate>A            | cannot be read
            <md:KeyDescriptor                             | <md:Keydescriptor                | not_well_formed
            KeyDescriptor                                 | Keydescriptor                    | 1 to 16 signing keys, but has 0
            """)
    void saysWhyItCannotBeUsed(String from, String to, String why) {
        String text = changed(METADATA, from, to);

        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(UnusableMetadataException.class)
                .hasMessageContaining(why);
    }
}
