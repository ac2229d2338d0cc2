// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static dev.hansard.idp.saml.Messages.changed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.Signing;
import java.util.stream.Stream;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures that are right by the letter of XML Signature, and that prove nothing or too much. */
class SignatureConfusionTest {
    private static final String WITH_COMMENTS = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";
    private static final String INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

    private final Desk desk = new Desk();

    static Stream<Arguments> confusions() {
        Signing rsa = Signing.rsa();
        return Stream.of(
                Arguments.of(Flaw.FORBIDDEN_ALGORITHM, rsa.withMethod(SignatureMethod.RSA_SHA1)),
                Arguments.of(
                        Flaw.FORBIDDEN_ALGORITHM,
                        Signing.ec().withMethod("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1")),
                Arguments.of(Flaw.FORBIDDEN_ALGORITHM, rsa.withMethod(SignatureMethod.HMAC_SHA256)),
                Arguments.of(Flaw.FORBIDDEN_ALGORITHM, rsa.withMethod(SignatureMethod.HMAC_SHA1)),
                Arguments.of(Flaw.FORBIDDEN_ALGORITHM, rsa.withDigest(DigestMethod.SHA1)),
                Arguments.of(Flaw.FORBIDDEN_ALGORITHM, rsa.withCanonical(INCLUSIVE)),
                Arguments.of(Flaw.FORBIDDEN_ALGORITHM, rsa.withCanonical(WITH_COMMENTS)),
                Arguments.of(Flaw.FORBIDDEN_TRANSFORM, rsa.withTransforms()),
                Arguments.of(Flaw.FORBIDDEN_TRANSFORM, rsa.withTransforms(Signing.EXCLUSIVE)),
                Arguments.of(
                        Flaw.FORBIDDEN_TRANSFORM,
                        rsa.withTransforms(Transform.ENVELOPED, Transform.XPATH, Signing.EXCLUSIVE)),
                Arguments.of(
                        Flaw.FORBIDDEN_TRANSFORM,
                        rsa.withTransforms(Transform.ENVELOPED, Transform.XSLT, Signing.EXCLUSIVE)),
                Arguments.of(Flaw.FORBIDDEN_TRANSFORM, rsa.withTransforms(Transform.ENVELOPED, INCLUSIVE)),
                Arguments.of(Flaw.FORBIDDEN_TRANSFORM, rsa.withTransforms(Transform.ENVELOPED, WITH_COMMENTS)),
                Arguments.of(Flaw.FORBIDDEN_TRANSFORM, rsa.withTransforms(Transform.ENVELOPED, Transform.ENVELOPED)),
                Arguments.of(Flaw.WRONG_REFERENCE, rsa.withUri("")),
                Arguments.of(Flaw.WRONG_REFERENCE, rsa.withUri("#xpointer(/)")),
                Arguments.of(Flaw.WRONG_REFERENCE, rsa.withUri("#xpointer(id('ID_assertion'))")),
                Arguments.of(Flaw.BAD_SIGNATURE, rsa.with(Signing.made("RSA", 2048))),
                Arguments.of(Flaw.BAD_SIGNATURE, Signing.ec().with(Signing.made("EC", 256))));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("confusions")
    void refusesAnAssertionSoSigned(Flaw flaw, Signing signing) {
        assertThat(desk.post(signing.sign(Messages.keycloak(), "Assertion"))).isEqualTo(Desk.rejected(flaw));
    }

    @Test
    void refusesADetachedSignature() {
        String detached = changed(Messages.signedAssertion(), "#ID_assertion", "#context");

        assertThat(desk.post(changed(detached, "<saml:AuthnContext>", "<saml:AuthnContext ID=\"context\">")))
                .isEqualTo(Desk.rejected(Flaw.WRONG_REFERENCE));
    }

    @Test
    void refusesAReferenceToAFileOrTheNetwork() {
        for (String uri : new String[] {"file:///etc/passwd", "http://127.0.0.1:9/x", "https://evil.example/"}) {
            String elsewhere = changed(Messages.signedAssertion(), "#ID_assertion", uri);

            assertThat(desk.post(elsewhere)).isEqualTo(Desk.rejected(Flaw.WRONG_REFERENCE));
        }
    }

    @Test
    void refusesAReferenceWithoutATarget() {
        String nowhere = changed(Messages.signedAssertion(), " URI=\"#ID_assertion\"", "");

        assertThat(desk.post(nowhere)).isEqualTo(Desk.rejected(Flaw.WRONG_REFERENCE));
    }

    @Test
    void doesNotLookAtKeysInAMessage() {
        String signed = Messages.signedAssertion();
        String keyInfo = signed.substring(signed.indexOf("<ds:KeyInfo>"), signed.indexOf("</ds:KeyInfo>") + 13);
        String fetching = "<ds:KeyInfo><ds:RetrievalMethod URI=\"http://127.0.0.1:9/key\"/></ds:KeyInfo>";

        assertThat(desk.post(changed(signed, keyInfo, fetching))).isInstanceOf(SamlOutcome.Verified.class);
    }

    @Test
    void refusesAnotherKindOfKeyThanTheAlgorithmNeeds() {
        String relabelled = changed(Messages.signedAssertion(), "rsa-sha256", "ecdsa-sha256");

        assertThat(desk.post(relabelled)).isEqualTo(Desk.rejected(Flaw.BAD_SIGNATURE));
    }

    @Test
    void refusesOneBadSignatureBesideAGoodOne() {
        Signing stranger = Signing.rsa().with(Signing.made("RSA", 2048));

        assertThat(desk.post(stranger.sign(Messages.signedAssertion(), "Response")))
                .isEqualTo(Desk.rejected(Flaw.BAD_SIGNATURE));
        assertThat(desk.post(Signing.rsa().sign(stranger.sign(Messages.keycloak(), "Assertion"), "Response")))
                .isEqualTo(Desk.rejected(Flaw.BAD_SIGNATURE));
    }
}
