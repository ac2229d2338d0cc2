// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code Authorization} field holds.
 *
 * @param scheme as it is spelled in its RFC
 * @param value the whole field, each char one byte
 * @param from where the token begins, which is the rest
 */
record Credential(String scheme, String value, int from) {
    static final String BEARER = "Bearer";
    static final String DPOP = "DPoP";

    /**
     * Reads the value of the field (RFC 9110 section 11.4).
     *
     * @return null when it is of another scheme, or no token in segments: what another provider may know
     */
    static @Nullable Credential of(String value) {
        String scheme = schemeOf(value);
        if (scheme == null || value.indexOf('.', scheme.length()) < 0) {
            return null;
        }
        int from = scheme.length();
        while (value.charAt(from) == ' ') {
            from++;
        }
        return new Credential(scheme, value, from);
    }

    private static @Nullable String schemeOf(String value) {
        for (String scheme : new String[] {BEARER, DPOP}) {
            int length = scheme.length();
            if (value.length() > length
                    && value.charAt(length) == ' '
                    && value.regionMatches(true, 0, scheme, 0, length)) {
                return scheme;
            }
        }
        return null;
    }

    boolean isDpop() {
        return scheme.equals(DPOP);
    }

    int length() {
        return value.length() - from;
    }

    byte[] token() {
        return value.substring(from).getBytes(StandardCharsets.ISO_8859_1);
    }

    Digest256 digest() {
        return Digest256.ofBytesIn(value, from);
    }

    /** Not the token. */
    @Override
    public String toString() {
        return "Credential[" + scheme + "]";
    }
}
