// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jwt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form of an HTTP URI in which two that mean the same are equal (RFC 3986 section 6.2.2 and 6.2.3), without query
 * and fragment, as {@code htu} is compared (RFC 9449 section 4.3).
 */
final class HttpUri {
    private static final String UNRESERVED = "-._~";

    private HttpUri() {}

    /** The normal form; null when it is no HTTP URI. */
    static @Nullable String normal(String uri) {
        int colon = uri.indexOf("://");
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return null;
        }
        int end = first(uri, "?#", colon + 3);
        int path = Math.min(first(uri, "/", colon + 3), end);
        String authority = uri.substring(colon + 3, path).toLowerCase(Locale.ROOT);
        String port = scheme.equals("https") ? ":443" : ":80";
        if (authority.endsWith(port) || authority.endsWith(":")) {
            authority = authority.substring(0, authority.lastIndexOf(':'));
        }
        String unescaped = unescaped(uri.substring(path, end));
        if (authority.isEmpty() || authority.contains("@") || unescaped == null) {
            return null;
        }
        return scheme + "://" + authority + withoutDots(unescaped);
    }

    private static int first(String text, String letters, int from) {
        for (int at = from; at < text.length(); at++) {
            if (letters.indexOf(text.charAt(at)) >= 0) {
                return at;
            }
        }
        return text.length();
    }

    /** Escapes in capitals, and none of what needs no escape. */
    private static @Nullable String unescaped(String path) {
        var text = new StringBuilder(path.length());
        for (int at = 0; at < path.length(); at++) {
            char letter = path.charAt(at);
            if (letter != '%') {
                text.append(letter);
                continue;
            }
            int high = at + 2 < path.length() ? Character.digit(path.charAt(at + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(path.charAt(at + 2), 16);
            if (low < 0) {
                return null;
            }
            char escaped = (char) (high << 4 | low);
            boolean isNeedless =
                    escaped < 0x80 && (Character.isLetterOrDigit(escaped) || UNRESERVED.indexOf(escaped) >= 0);
            text.append(isNeedless ? String.valueOf(escaped) : "%%%02X".formatted((int) escaped));
            at += 2;
        }
        return text.toString();
    }

    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int at = 1; at < segments.length; at++) {
            boolean isLast = at == segments.length - 1;
            boolean isUp = segments[at].equals("..");
            if (isUp) {
                kept.pollLast();
            }
            if (!isUp && !segments[at].equals(".")) {
                kept.addLast(segments[at]);
            } else if (isLast) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }
}
