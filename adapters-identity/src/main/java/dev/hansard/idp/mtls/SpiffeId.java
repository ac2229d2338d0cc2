// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.mtls;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A SPIFFE ID: {@code spiffe://trust-domain/path}, by the letter of the SPIFFE-ID standard section 2. No user, port,
 * query, fragment or percent-encoding, so that equal identities are equal texts.
 *
 * @param trustDomain lower-case letters, digits, dots, dashes and underscores
 * @param path begins with a slash; empty for the trust domain itself
 */
record SpiffeId(String trustDomain, String path) {
    static final String SCHEME = "spiffe://";

    private static final int LONGEST = 2048;
    private static final int LONGEST_TRUST_DOMAIN = 255;

    /** Whether a URI says that it is one, be it rightly. Schemes have no case (RFC 3986 section 3.1). */
    static boolean isMeantBy(String uri) {
        int schemeEnd = SCHEME.indexOf(':') + 1;
        return uri.regionMatches(true, 0, SCHEME, 0, schemeEnd);
    }

    /** Reads one; null when it is none. */
    static @Nullable SpiffeId parse(String text) {
        if (!text.startsWith(SCHEME) || text.length() > LONGEST) {
            return null;
        }
        int slash = text.indexOf('/', SCHEME.length());
        int end = slash < 0 ? text.length() : slash;
        String trustDomain = text.substring(SCHEME.length(), end);
        String path = text.substring(end);
        return isTrustDomain(trustDomain) && isPath(path) ? new SpiffeId(trustDomain, path) : null;
    }

    static boolean isTrustDomain(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_TRUST_DOMAIN && consistsOf(text, SpiffeId::isDomainChar);
    }

    private static boolean isPath(String path) {
        if (path.isEmpty()) {
            return true;
        }
        for (String segment : path.substring(1).split("/", -1)) {
            boolean isPlain = !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
            if (!isPlain || !consistsOf(segment, SpiffeId::isPathChar)) {
                return false;
            }
        }
        return true;
    }

    private static boolean consistsOf(String text, IntPredicate allowed) {
        return text.chars().allMatch(allowed);
    }

    private static boolean isDomainChar(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    }

    private static boolean isPathChar(int c) {
        return isDomainChar(c) || (c >= 'A' && c <= 'Z');
    }

    /** As it is written. */
    @Override
    public String toString() {
        return SCHEME + trustDomain + path;
    }
}
