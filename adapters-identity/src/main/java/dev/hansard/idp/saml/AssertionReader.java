// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import static dev.hansard.idp.saml.SamlNames.ASSERTION;

import dev.hansard.idp.saml.SamlClaims.NameId;
import dev.hansard.idp.saml.SamlVerifier.Expected;
import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.FlawedXmlException;
import dev.hansard.idp.xml.XmlElement;
import dev.hansard.ports.identity.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an assertion whose signature was verified: whether it holds for us now, and what it says. */
final class AssertionReader {
    /** In the order of the schema. After these come the statements, in any order. */
    private static final List<String> PARTS = List.of("Issuer", "Signature", "Subject", "Conditions", "Advice");

    private static final Set<String> STATEMENTS =
            Set.of("AuthnStatement", "AttributeStatement", "AuthzDecisionStatement", "Statement");

    private final SamlSettings settings;
    private final Validity validity;
    private final Expected expected;
    private final ConditionChecks checks;

    AssertionReader(SamlSettings settings, Validity validity, Expected expected) {
        this.settings = settings;
        this.validity = validity;
        this.expected = expected;
        this.checks = new ConditionChecks(settings, validity);
    }

    SamlClaims read(XmlElement assertion) throws FlawedXmlException {
        requireParts(assertion);
        if (!SamlNames.VERSION.equals(assertion.attribute("Version"))) {
            throw new FlawedXmlException(Flaw.MALFORMED);
        }
        ResponseChecks.requireIssuer(assertion.requiredChild(ASSERTION, "Issuer"), settings);
        validity.requireIssued(assertion.requiredAttribute("IssueInstant"));
        XmlElement subject = assertion.child(ASSERTION, "Subject");
        if (subject == null) {
            throw new FlawedXmlException(Flaw.INVALID_SUBJECT);
        }
        NameId nameId = nameId(subject);
        Instant confirmed = checks.confirmedUntil(subject, expected);
        Instant end = earlier(confirmed, checks.heldUntil(assertion.requiredChild(ASSERTION, "Conditions")));
        if (end.isAfter(validity.now().plus(settings.maxLifetime()).plus(validity.skew()))) {
            throw new FlawedXmlException(Flaw.LIVES_TOO_LONG);
        }
        List<XmlElement> statements = assertion.children(ASSERTION, "AuthnStatement");
        return new SamlClaims(
                settings.issuer(),
                assertion.requiredAttribute("ID"),
                nameId,
                attributes(assertion),
                sessionIndex(statements),
                end,
                sessionEnd(statements));
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other == null || one.isBefore(other) ? one : other;
    }

    private static void requireParts(XmlElement assertion) throws FlawedXmlException {
        int last = -1;
        for (XmlElement part : assertion.children()) {
            boolean statement = STATEMENTS.contains(part.name());
            int place = statement ? PARTS.size() : PARTS.indexOf(part.name());
            if (place < last || (place == last && !statement)) {
                throw new FlawedXmlException(Flaw.MALFORMED);
            }
            last = place;
        }
    }

    private static NameId nameId(XmlElement subject) throws FlawedXmlException {
        XmlElement nameId = subject.child(ASSERTION, "NameID");
        if (nameId == null || subject.child(ASSERTION, "BaseID") != null) {
            throw new FlawedXmlException(Flaw.INVALID_SUBJECT);
        }
        String value = nameId.text();
        boolean sound = !value.isBlank()
                && value.length() <= Caller.LONGEST_SUBJECT
                && value.chars().noneMatch(Character::isISOControl);
        if (!sound) {
            throw new FlawedXmlException(Flaw.INVALID_SUBJECT);
        }
        return new NameId(value, nameId.attribute("Format"));
    }

    private static @Nullable String sessionIndex(List<XmlElement> statements) {
        for (XmlElement statement : statements) {
            String index = statement.attribute("SessionIndex");
            if (index != null) {
                return index;
            }
        }
        return null;
    }

    private @Nullable Instant sessionEnd(List<XmlElement> statements) throws FlawedXmlException {
        Instant earliest = null;
        for (XmlElement statement : statements) {
            validity.requireIssued(statement.requiredAttribute("AuthnInstant"));
            String end = statement.attribute("SessionNotOnOrAfter");
            if (end != null) {
                earliest = earlier(validity.requireNotOver(end), earliest);
            }
        }
        return earliest;
    }

    private static Map<String, List<String>> attributes(XmlElement assertion) throws FlawedXmlException {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        Set<String> leftOut = new HashSet<>();
        for (XmlElement statement : assertion.children(ASSERTION, "AttributeStatement")) {
            for (XmlElement attribute : statement.children(ASSERTION, "Attribute")) {
                String name = attribute.requiredAttribute("Name");
                List<XmlElement> values = attribute.children(ASSERTION, "AttributeValue");
                if (values.stream().anyMatch(value -> !value.children().isEmpty())) {
                    leftOut.add(name);
                }
                List<String> texts = attributes.computeIfAbsent(name, _ -> new ArrayList<>());
                for (XmlElement value : values) {
                    addText(value, texts);
                }
            }
        }
        attributes.keySet().removeAll(leftOut);
        return attributes;
    }

    private static void addText(XmlElement value, List<String> texts) throws FlawedXmlException {
        String nil = value.attribute(SamlNames.SCHEMA_INSTANCE, "nil");
        boolean isNil = "true".equals(nil) || "1".equals(nil);
        if (!isNil && value.children().isEmpty()) {
            texts.add(value.text());
        }
    }
}
