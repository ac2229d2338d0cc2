// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.idp.xml.Flaw;
import dev.hansard.idp.xml.FlawedXmlException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether times of a message hold at a moment, with the difference that clocks may have.
 *
 * @param now the moment
 * @param skew the difference, which is allowed in both directions
 */
record Validity(Instant now, Duration skew) {
    /**
     * SAML core, section 1.3.3: always UTC, and no more than milliseconds, of which some issuers write seven digits.
     */
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z");

    static Instant parse(String time) throws FlawedXmlException {
        try {
            if (TIME.matcher(time).matches()) {
                return Instant.parse(time);
            }
        } catch (DateTimeException _) {
            // A thirteenth month, or the like.
        }
        throw new FlawedXmlException(Flaw.MALFORMED);
    }

    /** Refuses what is issued later than now. */
    void requireIssued(String issueInstant) throws FlawedXmlException {
        if (parse(issueInstant).isAfter(now.plus(skew))) {
            throw new FlawedXmlException(Flaw.ISSUED_IN_FUTURE);
        }
    }

    /** Refuses what holds only later, if it says so. */
    void requireBegun(@Nullable String notBefore) throws FlawedXmlException {
        if (notBefore != null && parse(notBefore).isAfter(now.plus(skew))) {
            throw new FlawedXmlException(Flaw.NOT_YET_VALID);
        }
    }

    /** The end, which has not come yet. */
    Instant requireNotOver(String notOnOrAfter) throws FlawedXmlException {
        Instant end = parse(notOnOrAfter);
        if (!end.plus(skew).isAfter(now)) {
            throw new FlawedXmlException(Flaw.EXPIRED);
        }
        return end;
    }

    /** For how long something with that end is accepted from now on. */
    Duration remaining(Instant notOnOrAfter) {
        return Duration.between(now, notOnOrAfter.plus(skew));
    }
}
