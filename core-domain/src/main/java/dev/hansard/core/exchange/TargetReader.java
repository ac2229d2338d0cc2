// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the request-target (RFC 9112 section 3.2) and the host of a request once, for the decision, the record and the
 * upstream alike (invariant S2). Each char is one byte.
 *
 * <p>Origin-form and absolute-form of http and https are taken; the authority of the latter replaces Host (section
 * 3.2.2), which must be valid none the less. {@code *} goes with OPTIONS only. CONNECT, TRACE and TRACK are answered
 * 405 in any spelling of their case, for an upstream that ignores case would open a tunnel or echo the credential
 * that we add. Every other method passes as it is written: methods are case-sensitive (RFC 9110 section 9.1),
 * {@code get} is not GET, and rules on methods compare exactly.
 *
 * <p>The path becomes canonical, see {@link CanonicalPath}. The query is kept byte for byte, as its meaning is the
 * upstream's alone; only what could end it early or break a line is refused.
 */
public final class TargetReader {
    /** What Hansard names in {@code Allow}; other methods pass, but nobody needs to be told. */
    static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private static final List<Field> ALLOW = List.of(new Field("Allow", ALLOWED));
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    private TargetReader() {}

    /**
     * Reads target and host of one request.
     *
     * @param method as it stands in the request line
     * @param rawTarget as it stands in the request line
     * @param hostField value of the one Host field; null when there was none
     */
    public static TargetReading read(String method, String rawTarget, @Nullable String hostField) {
        if (isRefusedMethod(method)) {
            return new TargetReading.Unreadable(new Refusal(
                    405, "method_not_allowed", "CONNECT, TRACE and TRACK are not available through Hansard.", ALLOW));
        }
        HostReader.Host host = hostField == null ? null : HostReader.read(hostField);
        if (host == null) {
            return invalidHost(
                    hostField == null ? "is missing" : "is not a host name or address with an optional port");
        }
        if (rawTarget.isEmpty()) {
            return doubtful(PathDoubt.EMPTY);
        }
        if (rawTarget.charAt(0) == '/') {
            return path(rawTarget, 0, host);
        }
        if (rawTarget.equals("*")) {
            return method.equals("OPTIONS")
                    ? new TargetReading.Read(host.authority(), host.name(), "*", "", false)
                    : doubtful(PathDoubt.ASTERISK);
        }
        return absolute(method, rawTarget);
    }

    private static boolean isRefusedMethod(String method) {
        return method.equalsIgnoreCase("CONNECT")
                || method.equalsIgnoreCase("TRACE")
                || method.equalsIgnoreCase("TRACK");
    }

    private static TargetReading absolute(String method, String raw) {
        int start = raw.regionMatches(true, 0, HTTP, 0, HTTP.length())
                ? HTTP.length()
                : raw.regionMatches(true, 0, HTTPS, 0, HTTPS.length()) ? HTTPS.length() : -1;
        if (start < 0) {
            return doubtful(PathDoubt.NOT_A_TARGET);
        }
        int end = start;
        while (end < raw.length() && "/?#\\".indexOf(raw.charAt(end)) < 0) {
            end++;
        }
        HostReader.Host host = HostReader.read(raw.substring(start, end));
        if (host == null) {
            return invalidHost("of the request-target is not a host name or address with an optional port");
        }
        if (end == raw.length()) {
            // RFC 9112 section 3.2.4: the last proxy says * when there is neither path nor query.
            String path = method.equals("OPTIONS") ? "*" : "/";
            return new TargetReading.Read(host.authority(), host.name(), path, "", true);
        }
        return path(raw, end, host);
    }

    private static TargetReading path(String raw, int start, HostReader.Host host) {
        int mark = raw.indexOf('?', start);
        int end = mark < 0 ? raw.length() : mark;
        PathDoubt wrong = doubtAboutQuery(raw, end);
        if (wrong != null) {
            return doubtful(wrong);
        }
        String query = mark < 0 ? "" : raw.substring(mark);
        if (start == end) {
            return new TargetReading.Read(host.authority(), host.name(), "/", query, true);
        }
        if (CanonicalPath.isPlain(raw, start, end)) {
            return new TargetReading.Read(host.authority(), host.name(), raw.substring(start, end), query, start > 0);
        }
        return switch (CanonicalPath.of(raw, start, end)) {
            case CanonicalPath.Outcome.Path(var path) ->
                new TargetReading.Read(
                        host.authority(),
                        host.name(),
                        path,
                        query,
                        start > 0 || path.length() != end || !raw.startsWith(path));
            case CanonicalPath.Outcome.Doubtful(var doubt) -> doubtful(doubt);
        };
    }

    private static @Nullable PathDoubt doubtAboutQuery(String raw, int from) {
        for (int i = from; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '#') {
                return PathDoubt.FRAGMENT;
            }
            if (c <= ' ' || c == 0x7F) {
                return PathDoubt.CONTROL;
            }
        }
        return null;
    }

    private static TargetReading doubtful(PathDoubt doubt) {
        return new TargetReading.Unreadable(doubt.refusal());
    }

    private static TargetReading invalidHost(String what) {
        return new TargetReading.Unreadable(new Refusal(400, "invalid_host", "The host " + what + "."));
    }
}
