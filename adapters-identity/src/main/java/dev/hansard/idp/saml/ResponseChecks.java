// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static dev.hansard.idp.saml.SamlNames.ASSERTION;
import static dev.hansard.idp.saml.SamlNames.PROTOCOL;

import dev.hansard.idp.saml.SamlVerifier.Expected;
import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.FlawedXmlException;
import dev.hansard.idp.xml.XmlElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of the message around an assertion. */
final class ResponseChecks {
    /** In the order of the schema, which leaves no room for a second one of anything but extensions. */
    private static final List<String> PARTS = List.of("Issuer", "Signature", "Extensions", "Status", "Assertion");

    private final SamlSettings settings;
    private final Validity validity;

    ResponseChecks(SamlSettings settings, Validity validity) {
        this.settings = settings;
        this.validity = validity;
    }

    /**
     * Asked of the message as it came, before anything is verified, because it can only lead to a refusal: a response
     * that says why there is no assertion in it shall not be called one without an assertion.
     */
    static void requireSuccess(XmlElement response) throws FlawedXmlException {
        if (!response.is(PROTOCOL, "Response")) {
            throw new FlawedXmlException(Flaw.WRONG_DOCUMENT);
        }
        String code = response.requiredChild(PROTOCOL, "Status")
                .requiredChild(PROTOCOL, "StatusCode")
                .requiredAttribute("Value");
        if (!code.equals(SamlNames.SUCCESS)) {
            throw new FlawedXmlException(Flaw.REFUSED_BY_ISSUER);
        }
    }

    /** The one assertion, wherever it is. */
    static XmlElement onlyAssertion(XmlElement root) throws FlawedXmlException {
        XmlElement found = null;
        for (XmlElement element : root.all()) {
            if (element.name().startsWith("Encrypted")) {
                throw new FlawedXmlException(Flaw.ENCRYPTED);
            }
            if (element.name().equals("Assertion")) {
                if (found != null) {
                    throw new FlawedXmlException(Flaw.TWO_ASSERTIONS);
                }
                found = element;
            }
        }
        if (found == null) {
            throw new FlawedXmlException(Flaw.NO_ASSERTION);
        }
        if (!found.is(ASSERTION, "Assertion")) {
            throw new FlawedXmlException(Flaw.MISPLACED_ASSERTION);
        }
        return found;
    }

    /**
     * Refuses a response that is not for us. Where only the assertion is signed, this one could have been written by
     * anybody, and tells nothing but that it fits.
     */
    void check(XmlElement response, boolean signed, Expected expected) throws FlawedXmlException {
        requireParts(response);
        if (!SamlNames.VERSION.equals(response.attribute("Version"))) {
            throw new FlawedXmlException(Flaw.MALFORMED);
        }
        response.requiredAttribute("ID");
        validity.requireIssued(response.requiredAttribute("IssueInstant"));
        requireDestination(response.attribute("Destination"), signed);
        requireAnswer(response.attribute("InResponseTo"), expected);
        XmlElement issuer = response.child(ASSERTION, "Issuer");
        if (issuer != null) {
            requireIssuer(issuer, settings);
        }
    }

    private static void requireParts(XmlElement response) throws FlawedXmlException {
        int last = -1;
        for (XmlElement part : response.children()) {
            int place = PARTS.indexOf(part.name());
            if (place <= last) {
                throw new FlawedXmlException(Flaw.MALFORMED);
            }
            last = place;
        }
    }

    /** A signed response must say where it goes (SAML bindings, section 3.5.5.2), so that nobody can pass it on. */
    private void requireDestination(@Nullable String destination, boolean signed) throws FlawedXmlException {
        boolean right = destination == null ? !signed : destination.equals(settings.endpoint());
        if (!right) {
            throw new FlawedXmlException(Flaw.WRONG_DESTINATION);
        }
    }

    /** Refuses the answer to another request, an answer where there was none, and none where there was one. */
    static void requireAnswer(@Nullable String inResponseTo, Expected expected) throws FlawedXmlException {
        switch (expected) {
            case Expected.AnswerTo(String request) -> {
                if (inResponseTo == null) {
                    throw new FlawedXmlException(Flaw.UNASKED);
                }
                if (!inResponseTo.equals(request)) {
                    throw new FlawedXmlException(Flaw.WRONG_REQUEST);
                }
            }
            case Expected.Brought _ -> {
                // Recipient and audience say that it is for us, and whom it was an answer to is not ours to know.
            }
            case Expected.Unsolicited _ -> {
                if (inResponseTo != null) {
                    throw new FlawedXmlException(Flaw.WRONG_REQUEST);
                }
            }
        }
    }

    static void requireIssuer(XmlElement issuer, SamlSettings settings) throws FlawedXmlException {
        String format = issuer.attribute("Format");
        boolean entity = format == null || format.equals(SamlNames.ENTITY);
        if (!entity || !issuer.text().equals(settings.issuer())) {
            throw new FlawedXmlException(Flaw.WRONG_ISSUER);
        }
    }
}
