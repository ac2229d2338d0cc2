// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a verified assertion says.
 *
 * @param issuer entity id of the issuer
 * @param assertionId id of the assertion
 * @param nameId whom it is about
 * @param attributes values by name, in the order of the assertion; an attribute that is there twice has the values of
 *     both. Attributes with markup in a value, such as eduPersonTargetedID, are left out whole
 * @param sessionIndex the issuer's name for the session; null when it has none
 * @param notOnOrAfter when it ceases to be accepted here
 * @param sessionNotOnOrAfter when a session that starts with it must end; null when the issuer does not say
 */
record SamlClaims(
        String issuer,
        String assertionId,
        NameId nameId,
        Map<String, List<String>> attributes,
        @Nullable String sessionIndex,
        Instant notOnOrAfter,
        @Nullable Instant sessionNotOnOrAfter) {
    SamlClaims {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        attributes.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        attributes = Collections.unmodifiableMap(copy);
    }

    /**
     * A name for a person or a service.
     *
     * @param value the name, which is not blank and has no control characters
     * @param format URI of its format; null when the issuer does not say. A transient name is another each time
     */
    record NameId(String value, @Nullable String format) {}
}
