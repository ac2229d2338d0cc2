// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.ports.exchange.UpstreamAddress;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads upstream URLs, host names and path prefixes. */
final class Targets {
    private static final String AN_URL = "a URL such as http://localhost:9001";
    // Underscores are not legal in host names, but container tools make such names.
    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
    private static final int LONGEST_NAME = 253;
    private static final Pattern URL = Pattern.compile("(?i)(https?)://([^/?#]*)([^?#]*)(\\?.*|#.*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:@]*)(?::([0-9]{1,5}))?");
    private static final Pattern PREFIX = Pattern.compile("/|(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+");

    private Targets() {}

    /** Whether it is a host name or an IPv4 address. */
    static boolean isHost(String text) {
        if (text.length() > LONGEST_NAME || !NAME.matcher(text).matches()) {
            return false;
        }
        boolean looksNumeric = text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        return !looksNumeric || isLiteral(text);
    }

    private static boolean isLiteral(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** An upstream: scheme, host and perhaps a port, nothing else. */
    static UpstreamAddress upstream(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            String hint = text.contains("://") ? "only http and https are known" : "add http:// or https://";
            throw new MisfitException(AN_URL, hint);
        }
        if (url.group(2).indexOf('@') >= 0) {
            throw new MisfitException(AN_URL + " without a user and password", "credentials in URLs are not taken");
        }
        if (url.group(4) != null || !(url.group(3).isEmpty() || url.group(3).equals("/"))) {
            throw new MisfitException(AN_URL + " without path or query", "calls keep the path they come with");
        }
        Matcher authority = AUTHORITY.matcher(url.group(2));
        if (!authority.matches()) {
            throw new MisfitException(AN_URL, "after the scheme stands host:port");
        }
        boolean tls = url.group(1).equalsIgnoreCase("https");
        return new UpstreamAddress(tls, upstreamHost(authority.group(1)), port(authority.group(2), tls));
    }

    private static String upstreamHost(String text) {
        boolean bracketed = text.startsWith("[");
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        if (bracketed ? bare.indexOf(':') < 0 || !isLiteral(bare) : !isHost(bare)) {
            throw new MisfitException(AN_URL, "the host is not a host name or an IP address");
        }
        return bare.toLowerCase(Locale.ROOT);
    }

    private static int port(@Nullable String text, boolean tls) {
        if (text == null) {
            return tls ? 443 : 80;
        }
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65_535) {
            throw new MisfitException(AN_URL, "the port is 1 to 65535");
        }
        return port;
    }

    /** A host to match or to name in TLS, in lower case. */
    static String host(String text) {
        if (!isHost(text)) {
            String hint = text.indexOf('*') >= 0
                    ? "wildcards are not available yet; write one match for each host"
                    : "write it without scheme, port and path";
            throw new MisfitException("a host name such as payments.example.com", hint);
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** A path prefix in canonical form, so that it can be compared with canonical paths. */
    static String pathPrefix(String text) {
        String expected = "a path such as /payments";
        if (!text.startsWith("/")) {
            throw new MisfitException(expected, "it starts with /");
        }
        if (text.length() > 1 && text.endsWith("/")) {
            throw new MisfitException(expected, "leave out the / at its end; prefixes match whole segments");
        }
        boolean dots = Arrays.stream(text.split("/", -1)).anyMatch(s -> s.equals(".") || s.equals(".."));
        if (dots || !PREFIX.matcher(text).matches()) {
            throw new MisfitException(expected, "no empty or dot segments, no query, nothing percent-encoded");
        }
        if (text.equals("/.hansard") || text.startsWith("/.hansard/")) {
            throw new MisfitException("a path outside /.hansard", "/.hansard is Hansard's own");
        }
        return text;
    }
}
