// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.MisfitException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * An address to listen on.
 *
 * @param host an IP address without brackets, or a host name
 * @param port 0 for any that is free
 */
public record ListenAddress(String host, int port) {
    private static final String EXPECTED = "an address such as 127.0.0.1:8080 or [::1]:8080";

    /**
     * Reads {@code host:port}.
     *
     * @throws MisfitException when it is something else
     */
    public static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new MisfitException(EXPECTED, "the port is missing");
        }
        if (colon == 0) {
            throw new MisfitException(EXPECTED, "write 127.0.0.1 for this machine only, 0.0.0.0 for every interface");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (bracketed ? literal(bare).isEmpty() || bare.indexOf(':') < 0 : !Targets.isHost(bare)) {
            throw new MisfitException(EXPECTED, host.indexOf(':') >= 0 ? "IPv6 addresses stand in brackets" : "");
        }
        return new ListenAddress(bare.toLowerCase(Locale.ROOT), port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text) : -1;
        if (port < 0 || port > 65_535) {
            throw new MisfitException(EXPECTED, "the port is 0 to 65535");
        }
        return port;
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // A name, which is only resolved when it is listened on.
        }
    }

    /** Whether only this machine can reach it. A name other than localhost is taken to be reachable from outside. */
    public boolean isLoopback() {
        return host.equals("localhost")
                || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    /** Whether it stands for every interface. */
    public boolean isWildcard() {
        return literal(host).map(InetAddress::isAnyLocalAddress).orElse(false);
    }

    /** Whether the two cannot both be listened on. */
    public boolean clashesWith(ListenAddress other) {
        boolean samePort = port == other.port && port != 0;
        boolean sameHost = host.equals(other.host) || (isLoopback() && other.isLoopback());
        return samePort && (sameHost || isWildcard() || other.isWildcard());
    }

    /** The same with the port that was bound, where it said any. */
    public ListenAddress withPort(int bound) {
        return new ListenAddress(host, bound);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
