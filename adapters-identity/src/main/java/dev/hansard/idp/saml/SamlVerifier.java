// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static dev.hansard.idp.saml.SamlNames.ASSERTION;

import dev.hansard.idp.xml.EnvelopedSignature;
import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.FlawedXmlException;
import dev.hansard.idp.xml.PinnedKeys;
import dev.hansard.idp.xml.StrictXml;
import dev.hansard.idp.xml.XmlElement;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says of messages of one issuer whether they are to be believed, and what they say. It asks nobody: no message leads
 * to the network or to a file. Safe for any number of threads.
 *
 * <p>Encrypted assertions are refused: TLS hides them from everybody but the person whom they are about.
 */
final class SamlVerifier {
    private final SamlSettings settings;
    private final PinnedKeys keys;
    private final InstantSource clock;
    private final AssertionMemory memory;

    /**
     * A verifier.
     *
     * @param keys of the issuer
     * @param clock the time of day
     * @param memory what was used; the same for all that verify for one provider
     */
    SamlVerifier(SamlSettings settings, PinnedKeys keys, InstantSource clock, AssertionMemory memory) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        this.memory = memory;
    }

    /** What a response must be the answer to. */
    sealed interface Expected {
        /**
         * To a request of ours.
         *
         * @param request the id of the request that this browser was sent away with
         */
        record AnswerTo(String request) implements Expected {}

        /** To none: sign-in began at the issuer, which lets anybody sign a person in as somebody else. */
        record Unsolicited() implements Expected {}

        /** To whatever it was asked for by: a service got it for itself and brings it here (RFC 7522 section 3). */
        record Brought() implements Expected {}
    }

    /** Judges the {@code SAMLResponse} of a form. */
    SamlOutcome posted(String samlResponse, Expected expected) {
        return judged(() -> response(decoded(samlResponse, Base64.getDecoder(), "[ \t\r\n]"), expected));
    }

    /**
     * Judges the {@code assertion} of a grant (RFC 7522 section 2.1), which is one assertion with its own signature.
     */
    SamlOutcome granted(String assertion) {
        return judged(() -> bare(decoded(assertion, Base64.getUrlDecoder(), "")));
    }

    private static byte[] decoded(String text, Base64.Decoder decoder, String blanks) throws FlawedXmlException {
        // Four letters for three bytes, and a line break after each 64 of them.
        if (text.length() > StrictXml.MESSAGE_BYTES / 3 * 4 / 64 * 66 + 66) {
            throw new FlawedXmlException(Flaw.TOO_LARGE);
        }
        try {
            return decoder.decode(blanks.isEmpty() ? text : text.replaceAll(blanks, ""));
        } catch (IllegalArgumentException _) {
            throw new FlawedXmlException(Flaw.NOT_BASE64);
        }
    }

    private SamlOutcome judged(Reading reading) {
        try {
            return new SamlOutcome.Verified(reading.read());
        } catch (FlawedXmlException e) {
            return new SamlOutcome.Rejected(e.flaw());
        }
    }

    @FunctionalInterface
    private interface Reading {
        SamlClaims read() throws FlawedXmlException;
    }

    private SamlClaims response(byte[] xml, Expected expected) throws FlawedXmlException {
        XmlElement response = StrictXml.MESSAGE.parse(xml);
        ResponseChecks.requireSuccess(response);
        XmlElement assertion = ResponseChecks.onlyAssertion(response);
        if (!response.isParentOf(assertion)) {
            throw new FlawedXmlException(Flaw.MISPLACED_ASSERTION);
        }
        EnvelopedSignature.requireOnlyIn(List.of(response, assertion), response);
        XmlElement signedAssertion = signed(assertion, keys);
        XmlElement signedResponse = signed(response, keys);
        var validity = new Validity(clock.instant(), settings.clockSkew());
        var checks = new ResponseChecks(settings, validity);
        if (signedResponse != null) {
            checks.check(signedResponse, true, expected);
        } else {
            checks.check(response, false, expected);
        }
        if (signedAssertion == null && signedResponse != null) {
            signedAssertion = signedResponse.requiredChild(ASSERTION, "Assertion");
        }
        if (signedAssertion == null) {
            throw new FlawedXmlException(Flaw.UNSIGNED);
        }
        if (signedAssertion.children(ASSERTION, "AuthnStatement").isEmpty()) {
            throw new FlawedXmlException(Flaw.NOT_SIGNED_IN);
        }
        return once(new AssertionReader(settings, validity, expected).read(signedAssertion), validity);
    }

    private SamlClaims bare(byte[] xml) throws FlawedXmlException {
        XmlElement assertion = StrictXml.MESSAGE.parse(xml);
        if (!assertion.is(ASSERTION, "Assertion")) {
            throw new FlawedXmlException(Flaw.WRONG_DOCUMENT);
        }
        ResponseChecks.onlyAssertion(assertion);
        EnvelopedSignature.requireOnlyIn(List.of(assertion), assertion);
        // It can only lead to a refusal, and says at once whether another provider should be asked.
        ResponseChecks.requireIssuer(assertion.requiredChild(ASSERTION, "Issuer"), settings);
        XmlElement signed = signed(assertion, keys);
        if (signed == null) {
            throw new FlawedXmlException(Flaw.UNSIGNED);
        }
        var validity = new Validity(clock.instant(), settings.clockSkew());
        return once(new AssertionReader(settings, validity, new Expected.Brought()).read(signed), validity);
    }

    private static @Nullable XmlElement signed(XmlElement element, PinnedKeys pinned) throws FlawedXmlException {
        EnvelopedSignature signature = EnvelopedSignature.in(element);
        return signature == null ? null : signature.verify(pinned);
    }

    /** Last of all, so that nobody can use up an assertion with a message that is refused anyway. */
    private SamlClaims once(SamlClaims claims, Validity validity) throws FlawedXmlException {
        switch (memory.use(claims.assertionId(), validity.remaining(claims.notOnOrAfter()))) {
            case NEW -> {}
            case SEEN -> throw new FlawedXmlException(Flaw.REPLAYED);
            case FULL -> throw new FlawedXmlException(Flaw.TOO_MANY_ASSERTIONS);
        }
        return claims;
    }
}
