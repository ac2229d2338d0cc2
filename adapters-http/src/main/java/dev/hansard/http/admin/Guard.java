// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Field;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages out. While nobody has to sign in, whatever can reach the loopback address may read the records, and a
 * browser on this machine runs code from everywhere. So a request has to name this machine, or the public URL, as its
 * host (else a page whose name was rebound to our address would be same-origin), and one that a browser marks as coming
 * from another origin is refused. A request with neither mark comes from no page of a current browser.
 *
 * <p>Only the steps of signing in may be walked to from elsewhere: the provider sends the browser back from its own
 * site, some with a form that a page of theirs posts. Such a form signs nobody in by itself. And the links of notices:
 * people come to them from chats and mail. What is there decides nothing before a form of ours is posted.
 */
final class Guard {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final Pattern CALLBACK = Pattern.compile("/login/[^/]+/callback");
    private static final Pattern LINK = Pattern.compile("/approve/[^/]+");
    private static final HeaderName SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final HeaderName MODE = HeaderNames.create("Sec-Fetch-Mode");
    private static final HeaderName DEST = HeaderNames.create("Sec-Fetch-Dest");

    private final String boundName;
    private final @Nullable URI publicUrl;

    /**
     * A guard.
     *
     * @param publicUrl where people reach the admin plane from elsewhere; null when they do not
     */
    Guard(InetAddress bound, @Nullable URI publicUrl) {
        String text = bound.getHostAddress();
        this.boundName = text.indexOf(':') < 0 ? text : "[" + text + "]";
        this.publicUrl = publicUrl;
    }

    /** Scheme, host and port as browsers write an origin: without the port that the scheme has anyway. */
    static String origin(URI url) {
        return url.getScheme().toLowerCase(Locale.ROOT) + "://" + authority(url);
    }

    private static String authority(URI url) {
        boolean isUsual = url.getPort() < 0 || url.getPort() == (url.getScheme().equalsIgnoreCase("https") ? 443 : 80);
        return url.getHost().toLowerCase(Locale.ROOT) + (isUsual ? "" : ":" + url.getPort());
    }

    /** Refuses the request that must not be answered. */
    void check(Exchange exchange) {
        if (!exchange.rawPath().startsWith("/")) {
            throw new RefusedException(400, "invalid_target", "The request-target must be a path.");
        }
        String host = exchange.field(HeaderNames.HOST);
        if (host == null || !(isPublic(host) || isOwn(name(host)))) {
            throw new RefusedException(
                    421,
                    "misdirected",
                    "This address answers for localhost, 127.0.0.1, [::1] and the host of admin.public-url only; ask it"
                            + " by one of these names.");
        }
        if (isForeign(exchange, host) && !isWalkToSignIn(exchange)) {
            throw new RefusedException(
                    403,
                    "foreign_origin",
                    "The API is open to this machine, but not to web pages of another origin.",
                    new Field("Vary", "Origin, Sec-Fetch-Site"));
        }
    }

    private boolean isForeign(Exchange exchange, String host) {
        String origin = exchange.field(HeaderNames.ORIGIN);
        String site = exchange.field(SITE);
        String own = publicUrl != null && isPublic(host) ? origin(publicUrl) : "http://" + host;
        boolean isForeignOrigin = origin != null && !origin.equalsIgnoreCase(own);
        return isForeignOrigin || (site != null && !OWN_SITE.contains(site));
    }

    /** A whole page that a person walks to; not a picture, frame or script of another page. */
    private static boolean isWalkToSignIn(Exchange exchange) {
        String path = exchange.rawPath();
        boolean isPage = path.equals("/login")
                || path.startsWith("/login/")
                || LINK.matcher(path).matches();
        boolean isStep = isPage && exchange.method().equals("GET") && exchange.field(HeaderNames.ORIGIN) == null;
        boolean isForm = CALLBACK.matcher(path).matches() && exchange.method().equals("POST");
        return (isStep || isForm) && "navigate".equals(exchange.field(MODE)) && "document".equals(exchange.field(DEST));
    }

    private boolean isPublic(String host) {
        if (publicUrl == null) {
            return false;
        }
        String usual = publicUrl.getScheme().equalsIgnoreCase("https") ? ":443" : ":80";
        String bare = host.endsWith(usual) ? host.substring(0, host.length() - usual.length()) : host;
        return bare.toLowerCase(Locale.ROOT).equals(authority(publicUrl));
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
