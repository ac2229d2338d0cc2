// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hansard.idp.jose.MovedClock;
import dev.hansard.idp.saml.SamlClaims.NameId;
import dev.hansard.idp.saml.SamlOutcome.Verified;
import dev.hansard.idp.xml.Signing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent ends in claims or in a flaw, and in no other claims than those that were signed. */
class SamlFuzzTest {
    static byte[][] messages() {
        return new byte[][] {
            bytes(Messages.signedAssertion()),
            bytes(Messages.signedResponse()),
            bytes(Messages.bothSigned()),
            bytes("<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><x>&y;</x>"),
            new byte[0]
        };
    }

    @MethodSource("messages")
    @FuzzTest(maxDuration = "10s")
    void readsAnyResponse(byte[] bytes) {
        requireOnlyWhatWasSigned(new Desk().post(bytes));
    }

    static byte[][] grants() {
        return new byte[][] {bytes(Signing.ec().sign(Messages.bare(), "Assertion"))};
    }

    @MethodSource("grants")
    @FuzzTest(maxDuration = "10s")
    void readsAnyGrant(byte[] bytes) {
        requireOnlyWhatWasSigned(new Desk().grantText(Base64.getUrlEncoder().encodeToString(bytes)));
    }

    private static void requireOnlyWhatWasSigned(SamlOutcome outcome) {
        NameId alice = new NameId("G-alice", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent");
        if (outcome instanceof Verified(SamlClaims claims) && !claims.nameId().equals(alice)) {
            throw new IllegalStateException("a name came through that nobody signed: " + claims.nameId());
        }
    }

    static byte[][] metadata() {
        return new byte[][] {bytes(SamlMetadataTest.METADATA), new byte[0]};
    }

    @MethodSource("metadata")
    @FuzzTest(maxDuration = "10s")
    void readsAnyMetadata(byte[] bytes) {
        try {
            SamlMetadata.parse(bytes, Messages.ISSUER, MovedClock.NOON);
        } catch (UnusableMetadataException _) {
            // As it should be.
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
