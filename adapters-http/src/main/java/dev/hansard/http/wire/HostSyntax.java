// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

/**
 * The syntax of a Host value that we take: narrower than RFC 3986's authority, in which one host has many spellings and
 * some readers find user information.
 */
final class HostSyntax {
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_IPV6 = 45;
    private static final int LARGEST_PORT = 65_535;
    private static final int PORT_DIGITS = 5;

    private HostSyntax() {}

    static boolean isValid(byte[] bytes, int from, int to) {
        if (from == to) {
            return false;
        }
        int hostEnd = bytes[from] == '[' ? ipv6End(bytes, from, to) : nameEnd(bytes, from, to);
        return hostEnd > from && isPort(bytes, hostEnd, to);
    }

    /** Labels of letters, digits, {@code - _}, parted by single dots; one dot may end the name. */
    private static int nameEnd(byte[] bytes, int from, int to) {
        int at = from;
        boolean labelOpen = false;
        while (at < to && bytes[at] != ':') {
            byte octet = bytes[at];
            boolean ofLabel = Octets.isDigit(octet) || Octets.isLetter(octet) || octet == '-' || octet == '_';
            if (!ofLabel && (octet != '.' || !labelOpen)) {
                return -1;
            }
            labelOpen = ofLabel;
            at++;
        }
        return at - from > LONGEST_NAME ? -1 : at;
    }

    /** Groups of hexadecimal digits, maybe with an IPv4 tail; no zone, no IPvFuture. Only the alphabet is checked. */
    private static int ipv6End(byte[] bytes, int from, int to) {
        int at = from + 1;
        int colons = 0;
        while (at < to && bytes[at] != ']') {
            byte octet = bytes[at];
            if (octet == ':') {
                colons++;
            } else if (Octets.hex(octet) < 0 && octet != '.') {
                return -1;
            }
            at++;
        }
        boolean closed = at < to && colons >= 2 && at - from <= LONGEST_IPV6;
        return closed ? at + 1 : -1;
    }

    /** Nothing, or a colon and a number up to 65535; the number may be missing (RFC 3986 section 3.2.3). */
    private static boolean isPort(byte[] bytes, int from, int to) {
        if (from == to) {
            return true;
        }
        if (bytes[from] != ':' || to - from - 1 > PORT_DIGITS) {
            return false;
        }
        int port = 0;
        for (int at = from + 1; at < to; at++) {
            if (!Octets.isDigit(bytes[at])) {
                return false;
            }
            port = port * 10 + (bytes[at] - '0');
        }
        return port <= LARGEST_PORT;
    }
}
