// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code host [":" port]} (RFC 9110 section 7.2), more narrowly than the grammar: a name is made of labels of
 * letters, digits, {@code -} and {@code _}, since percent-encoding and sub-delimiters are read differently by
 * different peers and no virtual host needs them. A name whose last label is a number must be a plain dotted IPv4
 * address, because resolvers take {@code 127.1} and {@code 0x7f.1} for addresses (the host parser of the WHATWG URL
 * standard, "ends in a number"). An IPv6 address stands in brackets, without a zone, and is printed as RFC 5952 says.
 * One dot at the end of a name, and a colon without a port, mean nothing and are left out. User information is
 * refused.
 */
final class HostReader {
    private static final int MAX_NAME = 255;
    private static final int MAX_LABEL = 63;
    private static final int MAX_PORT = 65_535;
    private static final AsciiSet LABEL =
            AsciiSet.of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    private HostReader() {}

    /** A host and what stands in a Host field for it. */
    record Host(String authority, String name) {}

    /** Reads {@code text}; null when it is not a host. */
    static @Nullable Host read(String text) {
        return text.startsWith("[") ? bracketed(text) : named(text);
    }

    private static @Nullable Host named(String text) {
        int colon = text.indexOf(':');
        int end = colon < 0 ? text.length() : colon;
        String port = portAfter(text, end);
        int nameEnd = end > 1 && text.charAt(end - 1) == '.' ? end - 1 : end;
        if (port == null || !isName(text, nameEnd)) {
            return null;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        String name = lower.substring(0, nameEnd);
        boolean asWritten = nameEnd == end && nameEnd + port.length() == text.length();
        return new Host(asWritten ? lower : name.concat(port), name);
    }

    private static @Nullable Host bracketed(String text) {
        int close = text.indexOf(']');
        if (close < 0) {
            return null;
        }
        String port = portAfter(text, close + 1);
        String address = Ipv6Text.canonical(text.substring(1, close));
        return port == null || address == null ? null : new Host("[" + address + "]" + port, address);
    }

    /** The port with its colon, empty when there is none; null when what follows {@code from} is no port. */
    private static @Nullable String portAfter(String text, int from) {
        int digits = text.length() - from - 1;
        if (digits <= 0) {
            return digits < 0 || text.charAt(from) == ':' ? "" : null;
        }
        if (text.charAt(from) != ':' || digits > 5) {
            return null;
        }
        int port = 0;
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            port = port * 10 + (c - '0');
        }
        boolean padded = digits > 1 && text.charAt(from + 1) == '0';
        return padded || port > MAX_PORT ? null : text.substring(from);
    }

    private static boolean isName(String text, int end) {
        if (end == 0 || end > MAX_NAME) {
            return false;
        }
        int label = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || text.charAt(i) == '.') {
                if (i == label || i - label > MAX_LABEL) {
                    return false;
                }
                label = i + 1;
            } else if (!LABEL.contains(text.charAt(i))) {
                return false;
            }
        }
        return !endsInNumber(text, end) || Ipv6Text.isDottedDecimal(text, 0, end);
    }

    private static boolean endsInNumber(String text, int end) {
        int start = text.lastIndexOf('.', end - 1) + 1;
        boolean hex = end - start >= 2 && text.charAt(start) == '0' && (text.charAt(start + 1) | 0x20) == 'x';
        for (int i = hex ? start + 2 : start; i < end; i++) {
            if (Character.digit(text.charAt(i), hex ? 16 : 10) < 0) {
                return false;
            }
        }
        return true;
    }
}
