// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static dev.hansard.http.wire.RequestCase.accepted;
import static dev.hansard.http.wire.RequestCase.refused;
import static dev.hansard.http.wire.RequestCase.unfinished;

import java.util.List;
import java.util.stream.Stream;

/** Requests whose first line is special. */
final class RequestLineCases {
    private static final String REST = "\r\nHost: a.test\r\n\r\n";
    private static final int LINE = WireLimits.DEFAULT.requestLineBytes();
    private static final int AROUND_TARGET = "GET  HTTP/1.1".length();

    private RequestLineCases() {}

    private static String line(String line) {
        return line + REST;
    }

    private static String targetOf(int length) {
        return "/" + "a".repeat(length - 1);
    }

    static List<RequestCase> all() {
        return Stream.of(legal(), versions(), targets(), starts(), ends())
                .flatMap(List::stream)
                .toList();
    }

    private static List<RequestCase> legal() {
        return List.of(
                accepted("GET", line("GET / HTTP/1.1")),
                accepted("HEAD", line("HEAD / HTTP/1.1")),
                accepted("POST without content", line("POST / HTTP/1.1")),
                accepted("PUT without content", line("PUT /a HTTP/1.1")),
                accepted("PATCH without content", line("PATCH /a HTTP/1.1")),
                accepted("DELETE", line("DELETE /a HTTP/1.1")),
                accepted("OPTIONS of a resource", line("OPTIONS /a HTTP/1.1")),
                accepted("asterisk-form", line("OPTIONS * HTTP/1.1")).answeredSomehow(),
                accepted("unknown method", line("BREW / HTTP/1.1")),
                accepted("method in lower case", line("get / HTTP/1.1")),
                accepted("method of every token mark", line("!#$%&'*+-.^_`|~ / HTTP/1.1")),
                accepted("method of 32 letters", line("M".repeat(32) + " / HTTP/1.1")),
                accepted("query", line("GET /a?b=c&d HTTP/1.1")),
                accepted("absolute-form", line("GET http://a.test/a HTTP/1.1")),
                accepted("target at the limit", line("GET " + targetOf(LINE - AROUND_TARGET) + " HTTP/1.1")),
                accepted("one empty line before", "\r\n" + line("GET / HTTP/1.1")),
                accepted("bytes beyond ASCII in the target", line("GET /\u00e9 HTTP/1.1"))
                        .answered(400));
    }

    private static List<RequestCase> versions() {
        return List.of(
                refused("HTTP/1.0", WireFaults.VERSION_UNSUPPORTED, line("GET / HTTP/1.0")),
                refused("HTTP/1.2", WireFaults.VERSION_UNSUPPORTED, line("GET / HTTP/1.2")),
                refused("HTTP/0.9 with a version", WireFaults.VERSION_UNSUPPORTED, line("GET / HTTP/0.9")),
                refused("HTTP/2.0", WireFaults.VERSION_UNSUPPORTED, line("GET / HTTP/2.0")),
                refused("HTTP/3.0", WireFaults.VERSION_UNSUPPORTED, line("GET / HTTP/3.0")),
                // Helidon may hear this as HTTP/2 before the codec sees it.
                refused("preface of HTTP/2", WireFaults.VERSION_UNSUPPORTED, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                        .answeredSomehow(),
                malformed("HTTP/0.9", line("GET /")),
                malformed("no version after the space", line("GET / ")),
                malformed("two digits of minor version", line("GET / HTTP/1.10")),
                malformed("no minor version", line("GET / HTTP/1")),
                malformed("no dot in the version", line("GET / HTTP/11")),
                malformed("comma in the version", line("GET / HTTP/1,1")),
                malformed("version in lower case", line("GET / http/1.1")),
                malformed("space in the version", line("GET / HTTP /1.1")),
                malformed("version of HTTPS", line("GET / HTTPS/1.1")),
                malformed("space after the version", line("GET / HTTP/1.1 ")),
                malformed("tab after the version", line("GET / HTTP/1.1\t")));
    }

    private static List<RequestCase> targets() {
        return List.of(
                malformed("two spaces before the target", line("GET  / HTTP/1.1")),
                malformed("two spaces before the version", line("GET /  HTTP/1.1")),
                malformed("tabs for spaces", line("GET\t/\tHTTP/1.1")),
                malformed("empty target", line("GET  HTTP/1.1")),
                malformed("space in the target", line("GET /a b HTTP/1.1")),
                malformed("tab in the target", line("GET /a\tb HTTP/1.1")),
                malformed("NUL in the target", line("GET /a\0b HTTP/1.1")),
                malformed("DEL in the target", line("GET /a\u007fb HTTP/1.1")),
                malformed("escape in the target", line("GET /a\u001bb HTTP/1.1")),
                malformed("CR in the target", line("GET /a\rb HTTP/1.1")),
                malformed("LF in the target", line("GET /a\nb HTTP/1.1")));
    }

    private static List<RequestCase> starts() {
        return List.of(
                malformed("no method", line(" / HTTP/1.1")),
                malformed("space before the method", line(" GET / HTTP/1.1")),
                malformed("method alone", line("GET")),
                malformed("NUL in the method", line("G\0T / HTTP/1.1")),
                malformed("colon in the method", line("GET: / HTTP/1.1")),
                malformed("parenthesis in the method", line("GET(1) / HTTP/1.1")),
                malformed("byte beyond ASCII in the method", line("G\u00c9T / HTTP/1.1")),
                malformed("field line first", "Host: a.test\r\nGET / HTTP/1.1\r\n\r\n"),
                malformed("two empty lines before", "\r\n\r\n" + line("GET / HTTP/1.1")),
                malformed("LF before", "\n" + line("GET / HTTP/1.1")),
                malformed("TLS client hello", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003"),
                malformed("PROXY protocol, version 2", "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c"),
                malformed("response", "HTTP/1.1 200 OK\r\n\r\n"));
    }

    private static List<RequestCase> ends() {
        return List.of(
                refused("CR before", WireFaults.LINE_ENDING_INVALID, "\rGET / HTTP/1.1" + REST),
                refused("LF ends the line", WireFaults.LINE_ENDING_INVALID, "GET / HTTP/1.1\nHost: a.test\r\n\r\n"),
                refused("CR ends the line", WireFaults.LINE_ENDING_INVALID, "GET / HTTP/1.1\rHost: a.test\r\n\r\n"),
                refused("CR CR LF ends the line", WireFaults.LINE_ENDING_INVALID, "GET / HTTP/1.1\r" + REST),
                refused(
                        "target over the limit",
                        WireFaults.REQUEST_LINE_TOO_LONG,
                        line("GET " + targetOf(LINE - AROUND_TARGET + 1) + " HTTP/1.1")),
                refused(
                        "target far over the limit",
                        WireFaults.REQUEST_LINE_TOO_LONG,
                        line("GET " + targetOf(LINE + 3_000) + " HTTP/1.1")),
                refused("method of 33 letters", WireFaults.METHOD_TOO_LONG, line("M".repeat(33) + " / HTTP/1.1")),
                refused("endless word", WireFaults.METHOD_TOO_LONG, "a".repeat(1_000)),
                unfinished("nothing", ""),
                unfinished("empty line alone", "\r\n"),
                unfinished("half a method", "GE"),
                unfinished("half a target", "GET /a"),
                unfinished("request line alone", "GET / HTTP/1.1\r\n"));
    }

    private static RequestCase malformed(String name, String raw) {
        return refused(name, WireFaults.REQUEST_LINE_MALFORMED, raw);
    }
}
