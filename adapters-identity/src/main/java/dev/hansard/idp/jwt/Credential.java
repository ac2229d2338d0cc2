// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What an {@code Authorization} field holds: a scheme, and the bytes of a token. Valid for one call. */
final class Credential {
    static final String BEARER = "Bearer";
    static final String DPOP = "DPoP";

    private final String scheme;
    private final byte[] field;
    private final int from;

    private Credential(String scheme, byte[] field, int from) {
        this.scheme = scheme;
        this.field = field;
        this.from = from;
    }

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
        return new Credential(scheme, value.getBytes(StandardCharsets.ISO_8859_1), from);
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

    /** As it is spelled in its RFC. */
    String scheme() {
        return scheme;
    }

    boolean isDpop() {
        return scheme.equals(DPOP);
    }

    /** The whole field; the token is the bytes from {@link #from()} to the end. */
    byte[] field() {
        return field;
    }

    int from() {
        return from;
    }

    int length() {
        return field.length - from;
    }

    Digest256 digest() {
        return Digest256.of(field, from, field.length);
    }
}
