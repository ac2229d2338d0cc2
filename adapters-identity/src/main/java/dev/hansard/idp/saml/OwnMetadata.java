// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

/** What issuers want to know of us (SAML metadata, section 2.4.4). Not signed: whoever fetches it does so over TLS. */
final class OwnMetadata {
    private OwnMetadata() {}

    /**
     * The document.
     *
     * @param endpoint where answers are posted to
     */
    static String of(String entityId, String endpoint) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <md:EntityDescriptor xmlns:md="%s" entityID="%s">
                  <md:SPSSODescriptor protocolSupportEnumeration="%s" AuthnRequestsSigned="false" \
                WantAssertionsSigned="true">
                    <md:AssertionConsumerService Binding="%s" Location="%s" index="0" isDefault="true"/>
                  </md:SPSSODescriptor>
                </md:EntityDescriptor>
                """.formatted(
                        SamlNames.METADATA,
                        AuthnRequests.escaped(entityId),
                        SamlNames.PROTOCOL,
                        SamlNames.POST,
                        AuthnRequests.escaped(endpoint));
    }
}
