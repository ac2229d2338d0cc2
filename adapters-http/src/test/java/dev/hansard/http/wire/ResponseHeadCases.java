// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static dev.hansard.http.wire.BodyFraming.LENGTH;
import static dev.hansard.http.wire.Raw.message;
import static dev.hansard.http.wire.Raw.ok;
import static dev.hansard.http.wire.ResponseCase.accepted;
import static dev.hansard.http.wire.ResponseCase.refused;
import static dev.hansard.http.wire.ResponseCase.unfinished;

import java.util.List;
import java.util.stream.Stream;

/** Responses whose status line or fields are special. */
final class ResponseHeadCases {
    private static final String EMPTY = "Content-Length: 0";
    private static final int STATUS_LINE = WireLimits.DEFAULT.requestLineBytes();
    private static final int LINE = WireLimits.DEFAULT.fieldLineBytes();
    private static final int HEAD = WireLimits.DEFAULT.headBytes();
    private static final int COUNT = WireLimits.DEFAULT.fieldCount();

    private ResponseHeadCases() {}

    private static String status(String line) {
        return message(line, "", EMPTY);
    }

    private static String reasonOf(int lineBytes) {
        return status("HTTP/1.1 200 " + "a".repeat(lineBytes - "HTTP/1.1 200 ".length()));
    }

    static List<ResponseCase> all() {
        return Stream.of(legal(), statusLines(), codes(), lineEnds(), fieldLines())
                .flatMap(List::stream)
                .toList();
    }

    private static List<ResponseCase> legal() {
        return List.of(
                accepted("OK", 200, LENGTH, "", status("HTTP/1.1 200 OK")),
                accepted("empty reason", 200, LENGTH, "", status("HTTP/1.1 200 ")),
                accepted("no reason and no space", 200, LENGTH, "", status("HTTP/1.1 200")),
                accepted("reason beyond ASCII", 404, LENGTH, "", status("HTTP/1.1 404 N\u00e3o \t est\u00e1")),
                accepted("reason at the limit", 200, LENGTH, "", reasonOf(STATUS_LINE)),
                accepted("unknown code", 299, LENGTH, "", status("HTTP/1.1 299 Odd")),
                accepted("the largest code", 599, LENGTH, "", status("HTTP/1.1 599 Odd")),
                accepted("HTTP/1.0", 200, LENGTH, "", status("HTTP/1.0 200 OK")).once(),
                accepted("HTTP/1.0 with keep-alive", 200, LENGTH, "", keepAlive())
                        .once(),
                accepted("close", 200, LENGTH, "", ok(EMPTY, "Connection: close", ""))
                        .once(),
                accepted("close among others", 200, LENGTH, "", ok(EMPTY, "connection: x, Close", ""))
                        .once(),
                accepted("malformed Connection", 200, LENGTH, "", ok(EMPTY, "Connection: a b", ""))
                        .once(),
                accepted("bytes beyond ASCII in a value", 200, LENGTH, "", ok(EMPTY, "X: \u00e9\u0080", "")),
                accepted("as many fields as allowed", 200, LENGTH, "", ok(EMPTY, fields(COUNT - 1), "")),
                accepted("field line at the limit", 200, LENGTH, "", ok(EMPTY, "X: " + "a".repeat(LINE - 3), "")),
                accepted("underscore in a name", 200, LENGTH, "", ok(EMPTY, "X_Y: 1", "")),
                accepted("several cookies", 200, LENGTH, "", ok(EMPTY, "Set-Cookie: a=1\r\nSet-Cookie: b=2", "")));
    }

    private static List<ResponseCase> statusLines() {
        return List.of(
                malformed("HTTP/2", status("HTTP/2 200 OK")),
                malformed("HTTP/2.0", status("HTTP/2.0 200 OK")),
                malformed("HTTP/1.2", status("HTTP/1.2 200 OK")),
                malformed("HTTP/1.10", status("HTTP/1.10 200 OK")),
                malformed("version in lower case", status("http/1.1 200 OK")),
                malformed("no version", status("200 OK")),
                malformed("ICY", status("ICY 200 OK")),
                malformed("request", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                malformed("greeting of SSH", "SSH-2.0-OpenSSH_9.2\r\n"),
                malformed("greeting of SMTP", "220 mail.test ESMTP\r\n"),
                malformed("alert of TLS", "\u0015\u0003\u0001\0\u0002\u0002F"),
                malformed("HTTP/0.9", "<html></html>"),
                malformed("two spaces before the code", status("HTTP/1.1  200 OK")),
                malformed("tab before the code", status("HTTP/1.1\t200 OK")));
    }

    private static List<ResponseCase> codes() {
        return List.of(
                malformed("code of two digits", status("HTTP/1.1 20 OK")),
                malformed("code of four digits", status("HTTP/1.1 2000 OK")),
                malformed("code with a sign", status("HTTP/1.1 +20 OK")),
                malformed("code of letters", status("HTTP/1.1 2xx OK")),
                malformed("code of 0", status("HTTP/1.1 000 OK")),
                malformed("code below 100", status("HTTP/1.1 099 OK")),
                malformed("code above 599", status("HTTP/1.1 600 OK")),
                malformed("code of 999", status("HTTP/1.1 999 OK")),
                malformed("no code", status("HTTP/1.1")),
                malformed("no space after the code", status("HTTP/1.1 200OK")),
                malformed("tab after the code", status("HTTP/1.1 200\tOK")),
                malformed("NUL in the reason", status("HTTP/1.1 200 O\0K")),
                malformed("escape in the reason", status("HTTP/1.1 200 \u001b[31m")),
                malformed("empty line before", "\r\n" + status("HTTP/1.1 200 OK")));
    }

    private static List<ResponseCase> lineEnds() {
        return List.of(
                refused("reason over the limit", WireFaults.STATUS_LINE_TOO_LONG, reasonOf(STATUS_LINE + 1)),
                lineEnding("LF ends the status line", "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n"),
                lineEnding("LF ends a status line without reason", "HTTP/1.1 200\nContent-Length: 0\r\n\r\n"),
                lineEnding("CR in the reason", "HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n"),
                lineEnding("LF ends a field line", "HTTP/1.1 200 OK\r\nX: 1\nContent-Length: 0\r\n\r\n"),
                lineEnding("CR in a value", ok(EMPTY, "X: a\rb", "")),
                lineEnding("LF ends the head", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\n"));
    }

    private static List<ResponseCase> fieldLines() {
        return List.of(
                refused("NUL in a value", WireFaults.FIELD_VALUE_INVALID, ok(EMPTY, "X: a\0b", "")),
                refused("DEL in a value", WireFaults.FIELD_VALUE_INVALID, ok(EMPTY, "X: a\u007f", "")),
                refused("space before the colon", WireFaults.FIELD_NAME_INVALID, ok(EMPTY, "X : 1", "")),
                refused("no colon", WireFaults.FIELD_NAME_INVALID, ok(EMPTY, "X", "")),
                refused("empty name", WireFaults.FIELD_NAME_INVALID, ok(EMPTY, ": 1", "")),
                refused("byte beyond ASCII in a name", WireFaults.FIELD_NAME_INVALID, ok(EMPTY, "\u00e9: 1", "")),
                refused("folded value", WireFaults.FIELD_FOLDED, ok(EMPTY, "X: 1\r\n 2", "")),
                refused("one field too many", WireFaults.TOO_MANY_FIELDS, ok(EMPTY, fields(COUNT), "")),
                refused("field over the limit", WireFaults.FIELD_TOO_LONG, ok(EMPTY, "X: " + "a".repeat(LINE), "")),
                refused("field of 70 KB", WireFaults.FIELD_TOO_LONG, ok(EMPTY, "X: " + "a".repeat(70_000), "")),
                refused("head over the limit", WireFaults.HEAD_TOO_LARGE, ok(half("A"), half("B"), "")),
                unfinished("nothing", ""),
                unfinished("half a status line", "HTTP/1.1 20"),
                unfinished("half a reason", "HTTP/1.1 200 O"),
                unfinished("half a head", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"),
                unfinished("interim response alone", "HTTP/1.1 100 Continue\r\n\r\n"));
    }

    private static String keepAlive() {
        return message("HTTP/1.0 200 OK", "", EMPTY, "Connection: keep-alive");
    }

    private static String fields(int count) {
        return "A: 1\r\n".repeat(count - 1) + "A: 1";
    }

    private static String half(String name) {
        return name + ": " + "a".repeat(HEAD / 2 - 4);
    }

    private static ResponseCase malformed(String name, String raw) {
        return refused(name, WireFaults.STATUS_LINE_MALFORMED, raw);
    }

    private static ResponseCase lineEnding(String name, String raw) {
        return refused(name, WireFaults.LINE_ENDING_INVALID, raw);
    }
}
