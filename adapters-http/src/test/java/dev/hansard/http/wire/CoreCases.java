// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static dev.hansard.http.wire.Raw.get;
import static dev.hansard.http.wire.Raw.message;
import static dev.hansard.http.wire.Raw.request;
import static dev.hansard.http.wire.RequestCase.accepted;

import java.util.List;

/**
 * Requests that are well formed on the wire, so that the codec must let them through, but which the core must
 * refuse.
 */
final class CoreCases {
    private CoreCases() {}

    static List<RequestCase> all() {
        return List.of(
                path("encoded slash", "/a%2fb"),
                path("encoded slash in upper case", "/a%2Fb"),
                path("encoded backslash", "/a%5cb"),
                path("encoded dot segment", "/a/%2e%2e/b"),
                path("half encoded dot segment", "/a/.%2e/b"),
                path("encoded NUL", "/a%00b"),
                path("encoded CR LF", "/a%0d%0ab"),
                path("doubly encoded dot segment", "/a/%252e%252e/b"),
                path("doubly encoded slash", "/a%252fb"),
                path("parameter in a dot segment", "/a/..;/b"),
                path("parameter with value in a dot segment", "/a/..;x=1/b"),
                path("overlong slash", "/a%c0%afb"),
                path("overlong dot", "/a/%c0%ae%c0%ae/b"),
                path("invalid UTF-8", "/a%ffb"),
                path("backslash", "/a\\b"),
                path("backslashes for a dot segment", "/a\\..\\b"),
                path("fragment", "/a#b"),
                path("no slash first", "a/b"),
                path("dots only", ".."),
                path("broken percent-encoding", "/a%zzb"),
                path("percent sign at the end", "/a%"),
                path("asterisk with GET", "*"),
                path("raw UTF-8", "/\u00c3\u00a9"),
                path("user information in absolute-form", "http://user@a.test/"),
                path("absolute-form of another scheme", "ftp://a.test/"),
                accepted("absolute-form of another host", request("GET", "http://b.test/"))
                        .answered(421),
                accepted("absolute-form of an address inside", request("GET", "http://169.254.169.254/"))
                        .answered(421),
                accepted("absolute-form of another port", request("GET", "http://a.test:22/"))
                        .answeredSomehow(),
                accepted("TRACE", request("TRACE", "/")).answered(405),
                accepted("TRACK", request("TRACK", "/")).answered(405),
                accepted("CONNECT", request("CONNECT", "a.test:443")).answered(405),
                accepted("CONNECT of an address inside", request("CONNECT", "127.0.0.1:22"))
                        .answered(405),
                field("underscore in a name", "X_User: admin"),
                field("underscore in a reserved name", "X_Forwarded_For: 1.2.3.4"),
                field("Host nominated as hop-by-hop", "Connection: close, Host"),
                field("Authorization nominated as hop-by-hop", "Connection: Authorization"),
                field("Cookie nominated as hop-by-hop", "Connection: keep-alive, Cookie"),
                field("Content-Length nominated as hop-by-hop", "Connection: Content-Length"),
                field("Cache-Control nominated as hop-by-hop", "Connection: Cache-Control"),
                accepted("upgrade to h2c", upgrade("h2c")),
                accepted("upgrade to websocket", upgrade("websocket")).answered(501));
    }

    private static RequestCase path(String name, String target) {
        return accepted("core: " + name, request("GET", target)).answered(400);
    }

    private static RequestCase field(String name, String fieldLine) {
        return accepted("core: " + name, get(fieldLine)).answered(400);
    }

    private static String upgrade(String protocol) {
        return message("GET / HTTP/1.1", "", Raw.HOST, "Connection: Upgrade", "Upgrade: " + protocol);
    }
}
