// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static dev.hansard.http.wire.Raw.get;
import static dev.hansard.http.wire.RequestCase.accepted;
import static dev.hansard.http.wire.RequestCase.refused;
import static dev.hansard.http.wire.RequestCase.unfinished;

import java.util.List;
import java.util.stream.Stream;

/** Requests whose field lines are special. */
final class FieldCases {
    private static final String START = "GET / HTTP/1.1\r\nHost: a.test\r\n";
    private static final int LINE = WireLimits.DEFAULT.fieldLineBytes();
    private static final int HEAD = WireLimits.DEFAULT.headBytes();
    private static final int COUNT = WireLimits.DEFAULT.fieldCount();

    private FieldCases() {}

    /** A head of exactly this many bytes, no line of which is too long. */
    private static String headOf(int bytes) {
        String start = START + field("A", bytes / 3) + field("B", bytes / 3);
        return start + field("C", bytes - start.length() - "\r\n".length()) + "\r\n";
    }

    private static String field(String name, int bytes) {
        return name + ": " + "a".repeat(bytes - "A: \r\n".length()) + "\r\n";
    }

    private static String countOf(int fields) {
        return START + "A: 1\r\n".repeat(fields - 1) + "\r\n";
    }

    static List<RequestCase> all() {
        return Stream.of(legal(), names(), values(), lineEnds(), overLimits())
                .flatMap(List::stream)
                .toList();
    }

    private static List<RequestCase> legal() {
        return List.of(
                accepted("no blank after the colon", get("X:1")),
                accepted("many blanks around the value", get("X: \t 1\t \t")),
                accepted("blanks inside the value", get("X: a \t b")),
                accepted("empty value", get("X:")),
                accepted("blank value", get("X: \t ")),
                accepted("colons in the value", get("X: a:b::c")),
                accepted("name of every token mark but _", get("!#$%&'*+-.^`|~09azAZ: 1")),
                accepted("bytes beyond ASCII in a value", get("X: \u00e9\u0080\u00ff")),
                accepted("NEL of ISO-8859-1 in a value", get("X: a\u0085b")),
                accepted("same name twice", get("X: 1\r\nx: 2")),
                accepted("as many fields as allowed", countOf(COUNT)),
                accepted("field line at the limit", get("X: " + "a".repeat(LINE - 3))),
                accepted("name at the limit", get("x".repeat(LINE - 1) + ":")),
                accepted("head at the limit", headOf(HEAD)));
    }

    private static List<RequestCase> names() {
        return List.of(
                name("space before the colon", "X : 1"),
                name("tab before the colon", "X\t: 1"),
                name("space in the name", "X Y: 1"),
                name("no colon", "X"),
                name("empty name", ": 1"),
                name("NUL in the name", "X\0: 1"),
                name("byte beyond ASCII in the name", "X\u00e9: 1"),
                name("bracket in the name", "X[0]: 1"),
                name("slash in the name", "X/Y: 1"),
                name("quote in the name", "\"X\": 1"),
                name("at sign in the name", "@X: 1"),
                name("brace in the name", "{X}: 1"),
                name("CR in the name", "X\rY: 1"),
                name("LF in the name", "X\nY: 1"),
                name("request line among the fields", "GET /admin HTTP/1.1"),
                folded("space folds the line", START + "X: 1\r\n 2\r\n\r\n"),
                folded("tab folds the line", START + "X: 1\r\n\t2\r\n\r\n"),
                folded("blank line in the middle", START + " \r\nX: 1\r\n\r\n"),
                folded("first field line folded", "GET / HTTP/1.1\r\n Host: a.test\r\n\r\n"),
                folded("framing field folded in", START + "X: 1\r\n Transfer-Encoding: chunked\r\n\r\n"));
    }

    private static List<RequestCase> values() {
        return List.of(
                value("NUL in the value", "X: a\0b"),
                value("bell in the value", "X: a\u0007b"),
                value("vertical tab in the value", "X: a\u000bb"),
                value("form feed in the value", "X: a\fb"),
                value("escape in the value", "X: \u001b[31m"),
                value("DEL in the value", "X: a\u007f"),
                value("NUL starts the value", "X: \0"));
    }

    private static List<RequestCase> lineEnds() {
        return List.of(
                lineEnding("LF ends a field line", START + "X: 1\nY: 2\r\n\r\n"),
                lineEnding("CR in the value", START + "X: a\rb\r\n\r\n"),
                lineEnding("CR starts the value", START + "X: \rb\r\n\r\n"),
                lineEnding("CR CR LF ends a field line", START + "X: 1\r\r\n\r\n"),
                lineEnding("LF ends the head", START + "X: 1\r\n\n"),
                lineEnding("LF LF ends the head", START + "X: 1\n\n"),
                lineEnding("CR CR ends the head", START + "X: 1\r\n\r\r"),
                lineEnding("CR and a letter end the head", START + "X: 1\r\n\rX"),
                lineEnding("request hidden by a LF", START + "X: 1\n\nGET /admin HTTP/1.1\r\nHost: a.test\r\n\r\n"));
    }

    private static List<RequestCase> overLimits() {
        return List.of(
                refused("one field too many", WireFaults.TOO_MANY_FIELDS, countOf(COUNT + 1)),
                refused("a thousand fields", WireFaults.TOO_MANY_FIELDS, countOf(1_000)),
                refused("field line over the limit", WireFaults.FIELD_TOO_LONG, get("X: " + "a".repeat(LINE - 2))),
                refused("name over the limit", WireFaults.FIELD_TOO_LONG, get("x".repeat(LINE) + ":")),
                refused("blanks over the limit", WireFaults.FIELD_TOO_LONG, get("X:" + " ".repeat(LINE - 1))),
                refused("endless field line", WireFaults.FIELD_TOO_LONG, START + "X: " + "a".repeat(LINE + 5_000)),
                refused("head over the limit", WireFaults.HEAD_TOO_LARGE, headOf(HEAD + 1)),
                refused("head far over the limit", WireFaults.HEAD_TOO_LARGE, headOf(HEAD + 500)),
                unfinished("half a name", START + "X"),
                unfinished("half a value", START + "X: a"),
                unfinished("half a line end", START + "X: a\r"),
                unfinished("no empty line", START + "X: a\r\n"),
                unfinished("half an empty line", START + "X: a\r\n\r"));
    }

    private static RequestCase name(String name, String line) {
        return refused(name, WireFaults.FIELD_NAME_INVALID, get(line));
    }

    private static RequestCase value(String name, String line) {
        return refused(name, WireFaults.FIELD_VALUE_INVALID, get(line));
    }

    private static RequestCase folded(String name, String raw) {
        return refused(name, WireFaults.FIELD_FOLDED, raw);
    }

    private static RequestCase lineEnding(String name, String raw) {
        return refused(name, WireFaults.LINE_ENDING_INVALID, raw);
    }
}
