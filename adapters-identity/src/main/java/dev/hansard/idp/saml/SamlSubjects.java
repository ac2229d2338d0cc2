// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.FlawedXmlException;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a verified assertion is about. What cannot be taken as it stands is refused rather than cut: a group left out
 * could be the one that a policy denies.
 *
 * @param provider name of the provider in the configuration
 * @param subject the attribute that names them, or {@value #NAME_ID}
 * @param name the attribute with what people call them
 * @param email the attribute with their address
 * @param groups the attribute with their groups, one a value
 */
record SamlSubjects(String provider, String subject, String name, String email, String groups) {
    /** Not an attribute, but the name of the subject itself. */
    static final String NAME_ID = "NameID";

    private static final String TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
    private static final int LONGEST_GROUP = 256;

    Caller caller(SamlClaims claims) throws FlawedXmlException {
        List<String> all = claims.attributes().getOrDefault(groups, List.of()).stream()
                .distinct()
                .toList();
        if (all.size() > Caller.MOST_GROUPS || !all.stream().allMatch(group -> isPlain(group, LONGEST_GROUP))) {
            throw new FlawedXmlException(Flaw.INVALID_GROUPS);
        }
        return new Caller(provider, subjectOf(claims), all);
    }

    Person person(SamlClaims claims) throws FlawedXmlException {
        return new Person(caller(claims), shown(name, claims), shown(email, claims));
    }

    private String subjectOf(SamlClaims claims) throws FlawedXmlException {
        if (subject.equals(NAME_ID)) {
            if (TRANSIENT.equals(claims.nameId().format())) {
                throw new FlawedXmlException(Flaw.TRANSIENT_SUBJECT);
            }
            return claims.nameId().value();
        }
        List<String> values = claims.attributes().getOrDefault(subject, List.of());
        if (values.size() != 1 || !isPlain(values.getFirst(), Caller.LONGEST_SUBJECT)) {
            throw new FlawedXmlException(Flaw.INVALID_SUBJECT);
        }
        return values.getFirst();
    }

    /** What is only shown is left out when it does not fit; nothing is decided by it. */
    private static @Nullable String shown(String attribute, SamlClaims claims) {
        return claims.attributes().getOrDefault(attribute, List.of()).stream()
                .filter(text -> isPlain(text, Person.LONGEST_TEXT))
                .findFirst()
                .orElse(null);
    }

    private static boolean isPlain(String text, int longest) {
        return !text.isBlank() && text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
    }
}
