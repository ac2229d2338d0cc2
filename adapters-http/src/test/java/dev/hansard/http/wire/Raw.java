// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

/** Writes messages for the batteries; one char is one byte. */
final class Raw {
    static final String HOST = "Host: a.test";

    private Raw() {}

    /** A message from its lines and what follows the head. */
    static String message(String startLine, String content, String... fieldLines) {
        var text = new StringBuilder(startLine).append("\r\n");
        for (String line : fieldLines) {
            text.append(line).append("\r\n");
        }
        return text.append("\r\n").append(content).toString();
    }

    /** A request for {@code target}, with a Host. */
    static String request(String method, String target) {
        return message(method + " " + target + " HTTP/1.1", "", HOST);
    }

    /** A GET with a Host and one more field line. */
    static String get(String fieldLine) {
        return message("GET / HTTP/1.1", "", HOST, fieldLine);
    }

    /** A GET whose only fields are these. */
    static String bare(String... fieldLines) {
        return message("GET / HTTP/1.1", "", fieldLines);
    }

    /** A POST with a Host, one more field line and content. */
    static String post(String fieldLine, String content) {
        return message("POST / HTTP/1.1", content, HOST, fieldLine);
    }

    /** A POST with a Host, two more field lines and content. */
    static String post(String fieldLine, String otherLine, String content) {
        return message("POST / HTTP/1.1", content, HOST, fieldLine, otherLine);
    }

    /** A POST with this chunked body. */
    static String chunked(String body) {
        return post("Transfer-Encoding: chunked", body);
    }

    /** A response 200 with one field line and content. */
    static String ok(String fieldLine, String content) {
        return message("HTTP/1.1 200 OK", content, fieldLine);
    }

    /** A response 200 with two field lines and content. */
    static String ok(String fieldLine, String otherLine, String content) {
        return message("HTTP/1.1 200 OK", content, fieldLine, otherLine);
    }

    /** A response 200 with this chunked body. */
    static String okChunked(String body) {
        return ok("Transfer-Encoding: chunked", body);
    }
}
