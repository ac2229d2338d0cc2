// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import java.util.Set;

/**
 * Hides the values of cookies and keeps their names (RFC 6265 section 4). A quote that is not closed before the next
 * semicolon leaves open where the value ends, so that all that follows is hidden.
 */
final class Cookies {
    private static final Set<String> ATTRIBUTES =
            Set.of("expires", "maxage", "domain", "path", "secure", "httponly", "samesite", "partitioned", "priority");

    private Cookies() {}

    /** Says what stands in the place of each part. */
    interface Parts {
        /** All values hidden, everything else as it is. */
        Parts HIDDEN = new Parts() {
            @Override
            public String value(String name, String clear) {
                return SecretsInText.MASK;
            }

            @Override
            public String other(String text) {
                return text;
            }
        };

        /** In the place of the value of one cookie; nothing of the value may be in it. */
        String value(String name, String clear);

        /** In the place of a name, or of an attribute. */
        String other(String text);
    }

    static boolean isCookie(String squeezed) {
        return squeezed.equals("cookie") || squeezed.equals("cookie2");
    }

    static boolean isSetCookie(String squeezed) {
        return squeezed.equals("setcookie") || squeezed.equals("setcookie2");
    }

    /** Masks the value of a {@code Cookie} field. */
    static String maskCookie(String value, Parts parts) {
        var out = new StringBuilder(value.length());
        int at = 0;
        while (at < value.length()) {
            int end = endOfPair(value, at);
            appendPair(out, value, at, end, parts);
            if (end < value.length()) {
                out.append(';');
            }
            at = end + 1;
        }
        return out.toString();
    }

    /** Masks the value of a {@code Set-Cookie} field; attributes that are not known could be the end of the value. */
    static String maskSetCookie(String value, Parts parts) {
        var out = new StringBuilder(value.length());
        int end = endOfPair(value, 0);
        appendPair(out, value, 0, end, parts);
        while (end < value.length()) {
            int start = end + 1;
            end = endOfPair(value, start);
            out.append(';');
            if (isAttribute(value, start, end)) {
                out.append(parts.other(value.substring(start, end)));
            } else {
                out.append(' ').append(SecretsInText.MASK);
            }
        }
        return out.toString();
    }

    private static int endOfPair(String value, int start) {
        boolean quoted = false;
        for (int i = start; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ';') {
                return quoted ? value.length() : i;
            }
            quoted ^= c == '"';
        }
        return value.length();
    }

    private static void appendPair(StringBuilder out, String value, int start, int end, Parts parts) {
        int equals = value.indexOf('=', start, end);
        if (value.substring(start, end).isBlank()) {
            out.append(value, start, end);
        } else if (equals < 0 || value.substring(start, equals).indexOf('"') >= 0) {
            out.append(start > 0 ? " " : "").append(SecretsInText.MASK);
        } else {
            String name = value.substring(start, equals);
            out.append(parts.other(name))
                    .append('=')
                    .append(parts.value(name.strip(), value.substring(equals + 1, end)));
        }
    }

    private static boolean isAttribute(String value, int start, int end) {
        int equals = value.indexOf('=', start, end);
        int nameEnd = equals < 0 ? end : equals;
        boolean quoted = value.substring(start, end).indexOf('"') >= 0;
        return !quoted && ATTRIBUTES.contains(SecretNames.squeezed(value.substring(start, nameEnd)));
    }
}
