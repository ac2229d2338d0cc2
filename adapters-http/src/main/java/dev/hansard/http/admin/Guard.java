// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Field;
import io.helidon.http.HeaderNames;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages out. While nobody has to sign in, whatever can reach the loopback address may read the records, and a
 * browser on this machine runs code from everywhere. So a request has to name this machine as its host (else a page
 * whose name was rebound to 127.0.0.1 would be same-origin), and one that a browser marks as coming from another origin
 * is refused. A request with neither mark comes from no page of a current browser.
 */
final class Guard {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final String boundName;

    Guard(InetAddress bound) {
        String text = bound.getHostAddress();
        this.boundName = text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    /** Refuses the request that must not be answered. */
    void check(Exchange exchange) {
        if (!exchange.rawPath().startsWith("/")) {
            throw new RefusedException(400, "invalid_target", "The request-target must be a path.");
        }
        String host = exchange.field(HeaderNames.HOST);
        if (host == null || !isOwn(name(host))) {
            throw new RefusedException(
                    421,
                    "misdirected",
                    "This address answers for localhost, 127.0.0.1 and [::1] only; ask it by one of these names.");
        }
        if (isForeign(exchange, host)) {
            throw new RefusedException(
                    403,
                    "foreign_origin",
                    "The API is open to this machine, but not to web pages of another origin.",
                    new Field("Vary", "Origin, Sec-Fetch-Site"));
        }
    }

    private boolean isForeign(Exchange exchange, String host) {
        String origin = exchange.field(HeaderNames.ORIGIN);
        String site = exchange.field(HeaderNames.create("Sec-Fetch-Site"));
        boolean isForeignOrigin = origin != null && !origin.equalsIgnoreCase("http://" + host);
        return isForeignOrigin || (site != null && !OWN_SITE.contains(site));
    }

    private boolean isOwn(@Nullable String name) {
        return name != null && (LOOPBACK_NAMES.contains(name) || boundName.equals(name));
    }

    /** The host without its port, in lower case; null when it is neither. */
    private static @Nullable String name(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        if (hasPort && !host.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }
}
