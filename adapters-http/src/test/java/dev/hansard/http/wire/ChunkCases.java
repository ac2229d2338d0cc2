// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static dev.hansard.http.wire.RequestCase.refusedInContent;

import java.util.List;
import java.util.stream.Stream;

/** Requests whose chunked body is special. The same bodies serve for responses. */
final class ChunkCases {
    private static final int EXTENSION = WireLimits.DEFAULT.chunkExtensionBytes();
    private static final int TRAILERS = WireLimits.DEFAULT.trailerBytes();
    private static final int COUNT = WireLimits.DEFAULT.fieldCount();
    private static final String SMUGGLED = "GET /admin HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private ChunkCases() {}

    static List<RequestCase> all() {
        return Stream.of(legal(), sizes(), lineEnds(), extensions(), ends(), trailers())
                .flatMap(List::stream)
                .toList();
    }

    private static List<RequestCase> legal() {
        return List.of(
                good("one chunk", "hello", "5\r\nhello\r\n0\r\n\r\n"),
                good("two chunks", "hello!", "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n"),
                good("size in lower case", "a".repeat(10), "a\r\naaaaaaaaaa\r\n0\r\n\r\n"),
                good("size in upper case", "a".repeat(10), "A\r\naaaaaaaaaa\r\n0\r\n\r\n"),
                good("size with zeros before", "hello", "0005\r\nhello\r\n000\r\n\r\n"),
                good("size of 15 digits", "hello", "000000000000005\r\nhello\r\n0\r\n\r\n"),
                good("larger chunk", "a".repeat(300), "12c\r\n" + "a".repeat(300) + "\r\n0\r\n\r\n"),
                good("data with line ends", "\r\n0\r\n\r\n", "7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n"),
                good("data that looks like an end", "0\r\n\r\n", "5\r\n0\r\n\r\n\r\n0\r\n\r\n"),
                good("extension", "hello", "5;a\r\nhello\r\n0\r\n\r\n"),
                good("extension with value", "hello", "5;a=b;c=\"d;e\"\r\nhello\r\n0;f=g\r\n\r\n"),
                good("extension with blanks", "hello", "5; a = b\r\nhello\r\n0\r\n\r\n"),
                good("extension of bytes beyond ASCII", "hello", "5;a=\"\u00e9\"\r\nhello\r\n0\r\n\r\n"),
                good("extension at the limit", "hello", extension(EXTENSION)),
                good("trailer", "hello", "5\r\nhello\r\n0\r\nX: 1\r\n\r\n"),
                good("trailers", "", "0\r\nDigest: a\r\nX:\t2 \r\nx:\r\n\r\n"),
                good("trailer section at the limit", "", trailer(TRAILERS)),
                good("as many trailers as allowed", "", "0\r\n" + "A: 1\r\n".repeat(COUNT) + "\r\n"),
                good("request after the end", "hello", "5\r\nhello\r\n0\r\n\r\n" + SMUGGLED)
                        .leaving(SMUGGLED)
                        .answered(200, 200),
                good("request after trailers", "", "0\r\nX: 1\r\n\r\n" + SMUGGLED)
                        .leaving(SMUGGLED)
                        .answered(200, 200));
    }

    private static List<RequestCase> sizes() {
        return List.of(
                size("sign before the size", "+5\r\nhello\r\n0\r\n\r\n"),
                size("negative size", "-5\r\nhello\r\n0\r\n\r\n"),
                size("prefix before the size", "0x5\r\nhello\r\n0\r\n\r\n"),
                size("space before the size", " 5\r\nhello\r\n0\r\n\r\n"),
                size("space after the size", "5 \r\nhello\r\n0\r\n\r\n"),
                size("tab after the size", "5\t\r\nhello\r\n0\r\n\r\n"),
                size("space before the extension", "5 ;a\r\nhello\r\n0\r\n\r\n"),
                size("no size", "\r\nhello\r\n0\r\n\r\n"),
                size("extension without size", ";a\r\nhello\r\n0\r\n\r\n"),
                size("letter that is no digit", "g\r\nhello\r\n0\r\n\r\n"),
                size("separator in the size", "0_5\r\nhello\r\n0\r\n\r\n"),
                size("comma after the size", "5,\r\nhello\r\n0\r\n\r\n"),
                size("dot in the size", "5.0\r\nhello\r\n0\r\n\r\n"),
                size("quoted size", "\"5\"\r\nhello\r\n0\r\n\r\n"),
                size("size of 16 digits", "0000000000000005\r\nhello\r\n0\r\n\r\n"),
                size("size beyond 64 bits", "10000000000000005\r\nhello\r\n0\r\n\r\n"),
                size("negative 64 bits", "fffffffffffffffb\r\nhello\r\n0\r\n\r\n"),
                size("NUL in the size", "5\0\r\nhello\r\n0\r\n\r\n"),
                size("byte beyond ASCII in the size", "\u00b25\r\nhello\r\n0\r\n\r\n"),
                size("empty line before the size", "\r\n5\r\nhello\r\n0\r\n\r\n"),
                size("two line ends after the data", "5\r\nhello\r\n\r\n0\r\n\r\n"));
    }

    private static List<RequestCase> lineEnds() {
        return List.of(
                lineEnding("LF after the size", "5\nhello\r\n0\r\n\r\n"),
                lineEnding("CR after the size", "5\rhello\r\n0\r\n\r\n"),
                lineEnding("CR CR LF after the size", "5\r\r\nhello\r\n0\r\n\r\n"),
                lineEnding("LF in the extension", "5;a\nhello\r\n0\r\n\r\n"),
                lineEnding("CR in the extension", "5;a\rb\r\nhello\r\n0\r\n\r\n"),
                lineEnding("LF hides a chunk in the extension", "2;\nxx\r\n4b\r\n0\r\n\r\n" + SMUGGLED),
                lineEnding("LF after the last size", "0\n\r\n"),
                lineEnding("LF ends the body", "0\r\n\n"),
                lineEnding("CR and a letter end the body", "0\r\n\rX"),
                lineEnding("LF ends a trailer", "0\r\nX: 1\n\r\n"),
                lineEnding("LF ends the trailers", "0\r\nX: 1\r\n\n"));
    }

    private static List<RequestCase> extensions() {
        return List.of(
                extension("empty extension", "5;\r\nhello\r\n0\r\n\r\n"),
                extension("blank extension", "5; \t;\r\nhello\r\n0\r\n\r\n"),
                extension("NUL in the extension", "5;a\0\r\nhello\r\n0\r\n\r\n"),
                extension("DEL in the extension", "5;a\u007f\r\nhello\r\n0\r\n\r\n"),
                extension("extension over the limit", extension(EXTENSION + 1)),
                extension("endless extension", "5;" + "a".repeat(EXTENSION * 4)));
    }

    private static List<RequestCase> ends() {
        return List.of(
                end("no line end after the data", "5\r\nhello0\r\n\r\n"),
                end("LF after the data", "5\r\nhello\n0\r\n\r\n"),
                end("CR after the data", "5\r\nhello\r0\r\n\r\n"),
                end("LF CR after the data", "5\r\nhello\n\r0\r\n\r\n"),
                end("data longer than its size", "5\r\nhello!\r\n0\r\n\r\n"),
                end("data shorter than its size", "6\r\nhello\r\n0\r\n\r\n"),
                truncated("no body", ""),
                truncated("half a size", "5"),
                truncated("half a chunk", "5\r\nhel"),
                truncated("no last chunk", "5\r\nhello\r\n"),
                truncated("no line end after the last size", "0"),
                truncated("no empty line at the end", "0\r\n"),
                truncated("half an empty line at the end", "0\r\n\r"),
                truncated("half a trailer", "0\r\nX: 1"),
                truncated("the largest size", "fffffffffffffff\r\na"));
    }

    private static List<RequestCase> trailers() {
        return List.of(
                broken("trailer folded", WireFaults.FIELD_FOLDED, "0\r\nX: 1\r\n 2\r\n\r\n"),
                broken("blank first in the trailers", WireFaults.FIELD_FOLDED, "0\r\n \r\n\r\n"),
                broken("trailer without colon", WireFaults.FIELD_NAME_INVALID, "0\r\nGET / HTTP/1.1\r\n\r\n"),
                broken("space before a trailer's colon", WireFaults.FIELD_NAME_INVALID, "0\r\nX : 1\r\n\r\n"),
                broken("NUL in a trailer", WireFaults.FIELD_VALUE_INVALID, "0\r\nX: \0\r\n\r\n"),
                broken("chunk after the last", WireFaults.FIELD_NAME_INVALID, "0\r\n5\r\nhello\r\n0\r\n\r\n"),
                broken("Content-Length as trailer", WireFaults.TRAILER_FORBIDDEN, "0\r\ncontent-length: 5\r\n\r\n"),
                broken("Transfer-Encoding as trailer", WireFaults.TRAILER_FORBIDDEN, coding("Transfer-Encoding")),
                broken("Host as trailer", WireFaults.TRAILER_FORBIDDEN, "0\r\nX: 1\r\nHost: b.test\r\n\r\n"),
                broken("trailer section over the limit", WireFaults.TRAILERS_TOO_LARGE, trailer(TRAILERS + 1)),
                broken("endless trailer", WireFaults.TRAILERS_TOO_LARGE, "0\r\nX: " + "a".repeat(TRAILERS + 3_000)),
                broken(
                        "one trailer too many",
                        WireFaults.TOO_MANY_FIELDS,
                        "0\r\n" + "A: 1\r\n".repeat(COUNT + 1) + "\r\n"));
    }

    private static String extension(int bytes) {
        return "5;" + "a".repeat(bytes - 1) + "\r\nhello\r\n0\r\n\r\n";
    }

    private static String trailer(int bytes) {
        return "0\r\nX: " + "a".repeat(bytes - "X: \r\n\r\n".length()) + "\r\n\r\n";
    }

    private static String coding(String name) {
        return "0\r\n" + name + ": chunked\r\n\r\n";
    }

    private static RequestCase good(String name, String content, String body) {
        return RequestCase.accepted("chunked: " + name, BodyFraming.CHUNKED, content, Raw.chunked(body));
    }

    private static RequestCase broken(String name, WireFault fault, String body) {
        return refusedInContent("chunked: " + name, fault, Raw.chunked(body));
    }

    private static RequestCase size(String name, String body) {
        return broken(name, WireFaults.CHUNK_SIZE_INVALID, body);
    }

    private static RequestCase lineEnding(String name, String body) {
        return broken(name, WireFaults.LINE_ENDING_INVALID, body);
    }

    private static RequestCase extension(String name, String body) {
        return broken(name, WireFaults.CHUNK_EXTENSION_INVALID, body);
    }

    private static RequestCase end(String name, String body) {
        return broken(name, WireFaults.CHUNK_END_INVALID, body);
    }

    private static RequestCase truncated(String name, String body) {
        return broken(name, WireFaults.CONTENT_TRUNCATED, body);
    }
}
