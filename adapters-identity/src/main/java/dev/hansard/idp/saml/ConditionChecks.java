// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static dev.hansard.idp.saml.SamlNames.ASSERTION;

import dev.hansard.idp.saml.SamlVerifier.Expected;
import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.FlawedXmlException;
import dev.hansard.idp.xml.XmlElement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may use an assertion, where, when, and for whom it is meant. */
final class ConditionChecks {
    private final SamlSettings settings;
    private final Validity validity;

    ConditionChecks(SamlSettings settings, Validity validity) {
        this.settings = settings;
        this.validity = validity;
    }

    /** Until when whoever brings it may use it. One confirmation that fits is enough (SAML core, section 2.4.1). */
    Instant confirmedUntil(XmlElement subject, Expected expected) throws FlawedXmlException {
        Flaw first = Flaw.NOT_FOR_BEARERS;
        for (XmlElement confirmation : subject.children(ASSERTION, "SubjectConfirmation")) {
            if (!SamlNames.BEARER.equals(confirmation.attribute("Method"))) {
                continue;
            }
            try {
                return usableUntil(confirmation.requiredChild(ASSERTION, "SubjectConfirmationData"), expected);
            } catch (FlawedXmlException e) {
                first = first == Flaw.NOT_FOR_BEARERS ? e.flaw() : first;
            }
        }
        throw new FlawedXmlException(first);
    }

    private Instant usableUntil(XmlElement data, Expected expected) throws FlawedXmlException {
        if (!settings.endpoint().equals(data.attribute("Recipient"))) {
            throw new FlawedXmlException(Flaw.WRONG_RECIPIENT);
        }
        ResponseChecks.requireAnswer(data.attribute("InResponseTo"), expected);
        validity.requireBegun(data.attribute("NotBefore"));
        return validity.requireNotOver(data.requiredAttribute("NotOnOrAfter"));
    }

    /** Until when its conditions hold; null when they have no end. */
    @Nullable
    Instant heldUntil(XmlElement conditions) throws FlawedXmlException {
        validity.requireBegun(conditions.attribute("NotBefore"));
        String end = conditions.attribute("NotOnOrAfter");
        Instant until = end == null ? null : validity.requireNotOver(end);
        boolean restricted = false;
        for (XmlElement condition : conditions.children()) {
            if (condition.is(ASSERTION, "AudienceRestriction")) {
                requireAudience(condition);
                restricted = true;
            } else if (!isKept(condition)) {
                throw new FlawedXmlException(Flaw.UNKNOWN_CONDITION);
            }
        }
        if (!restricted) {
            throw new FlawedXmlException(Flaw.WRONG_AUDIENCE); // It would be for everybody.
        }
        return until;
    }

    /** Each assertion is used once here, and none is passed on. */
    private static boolean isKept(XmlElement condition) {
        return condition.is(ASSERTION, "OneTimeUse") || condition.is(ASSERTION, "ProxyRestriction");
    }

    private void requireAudience(XmlElement restriction) throws FlawedXmlException {
        List<XmlElement> audiences = restriction.children(ASSERTION, "Audience");
        for (XmlElement audience : audiences) {
            if (audience.text().equals(settings.audience())) {
                return;
            }
        }
        throw new FlawedXmlException(Flaw.WRONG_AUDIENCE);
    }
}
