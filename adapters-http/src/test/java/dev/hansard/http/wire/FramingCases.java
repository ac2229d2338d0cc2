// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static dev.hansard.http.wire.BodyFraming.CHUNKED;
import static dev.hansard.http.wire.BodyFraming.LENGTH;
import static dev.hansard.http.wire.Raw.message;
import static dev.hansard.http.wire.Raw.post;
import static dev.hansard.http.wire.RequestCase.accepted;
import static dev.hansard.http.wire.RequestCase.refused;
import static dev.hansard.http.wire.RequestCase.refusedInContent;

import java.util.List;
import java.util.stream.Stream;

/** Requests that differ in how their content is framed: the ground of request smuggling. */
final class FramingCases {
    private static final String SMUGGLED = "GET /admin HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private static final String EMPTY = "0\r\n\r\n";

    private FramingCases() {}

    static List<RequestCase> all() {
        return Stream.of(legal(), followed(), lengths(), conflicts(), codings(), hiddenCodings(), truncated())
                .flatMap(List::stream)
                .toList();
    }

    private static List<RequestCase> legal() {
        return List.of(
                accepted("length", LENGTH, "hello", post("Content-Length: 5", "hello")),
                accepted("length of 0", LENGTH, "", post("Content-Length: 0", "")),
                accepted("length with zeros before", LENGTH, "hello", post("Content-Length: 005", "hello")),
                accepted("length of 18 digits", LENGTH, "a", post("Content-Length: 000000000000000001", "a")),
                accepted("length with blanks around", LENGTH, "hello", post("Content-Length: \t5\t ", "hello")),
                accepted("name in other case", LENGTH, "hello", post("CONTENT-length: 5", "hello")),
                accepted("content of bytes beyond ASCII", LENGTH, "\u00ff\0", post("Content-Length: 2", "\u00ff\0")),
                accepted("GET with content", LENGTH, "hello", of("GET", "Content-Length: 5", "hello")),
                accepted("HEAD with content", LENGTH, "hello", of("HEAD", "Content-Length: 5", "hello")),
                accepted("DELETE with content", LENGTH, "hello", of("DELETE", "Content-Length: 5", "hello")),
                accepted("content that looks like a request", LENGTH, SMUGGLED, post(length(SMUGGLED), SMUGGLED)),
                accepted("chunked", CHUNKED, "", post("Transfer-Encoding: chunked", EMPTY)),
                accepted("chunked in other case", CHUNKED, "", post("Transfer-Encoding: ChunKED", EMPTY)),
                accepted("chunked with blanks around", CHUNKED, "", post("Transfer-Encoding: \tchunked\t", EMPTY)),
                accepted("GET with chunked content", CHUNKED, "", of("GET", "Transfer-Encoding: chunked", EMPTY)));
    }

    private static List<RequestCase> followed() {
        return List.of(
                accepted("request after content", LENGTH, "hello", post("Content-Length: 5", "hello" + SMUGGLED))
                        .leaving(SMUGGLED)
                        .answered(200, 200),
                accepted("request after no content", of("GET", "X: 1", SMUGGLED))
                        .leaving(SMUGGLED)
                        .answered(200, 200),
                accepted("content without framing", of("POST", "X: 1", "hello"))
                        .leaving("hello")
                        .answeredSomehow(),
                accepted("more content than its length", LENGTH, "hello", post("Content-Length: 5", "hello\0"))
                        .leaving("\0")
                        .answered(200, 400));
    }

    private static List<RequestCase> lengths() {
        return List.of(
                invalidLength("sign before the length", "+5"),
                invalidLength("negative length", "-5"),
                invalidLength("hexadecimal length", "0x5"),
                invalidLength("length of letters", "five"),
                invalidLength("fraction of a length", "5.0"),
                invalidLength("exponent in the length", "5e0"),
                invalidLength("empty length", ""),
                invalidLength("two numbers", "5 5"),
                invalidLength("list of equal lengths", "5, 5"),
                invalidLength("list of lengths", "5,6"),
                invalidLength("list with an empty element", "5,"),
                invalidLength("quoted length", "\"5\""),
                invalidLength("length with a parameter", "5;a=b"),
                invalidLength("length with a separator", "1_0"),
                invalidLength("length of 19 digits", "0000000000000000005"),
                invalidLength("length beyond 64 bits", "18446744073709551621"),
                invalidLength("length with digits beyond ASCII", "\u00b2"),
                refused(
                        "two lengths",
                        WireFaults.CONTENT_LENGTH_REPEATED,
                        post("Content-Length: 5", "Content-Length: 6", "hello")),
                refused(
                        "two equal lengths",
                        WireFaults.CONTENT_LENGTH_REPEATED,
                        post("Content-Length: 5", "content-length: 5", "hello")));
    }

    private static List<RequestCase> conflicts() {
        return List.of(
                conflict("length, then chunked", "Content-Length: 5", "Transfer-Encoding: chunked"),
                conflict("chunked, then length", "Transfer-Encoding: chunked", "Content-Length: 5"),
                conflict("length and identity", "Content-Length: 5", "Transfer-Encoding: identity"),
                conflict("length and empty coding", "Content-Length: 5", "Transfer-Encoding:"),
                conflict("invalid length and chunked", "Content-Length: x", "Transfer-Encoding: chunked"),
                conflict("length of 0 and chunked", "Content-Length: 0", "Transfer-Encoding: chunked"));
    }

    private static List<RequestCase> codings() {
        return List.of(
                invalidCoding("empty coding", ""),
                invalidCoding("identity", "identity"),
                invalidCoding("coding without chunked", "gzip"),
                invalidCoding("chunked before another", "chunked, gzip"),
                invalidCoding("chunked twice", "chunked, chunked"),
                invalidCoding("chunked around another", "chunked, gzip, chunked"),
                invalidCoding("chunked with a parameter", "chunked;q=1"),
                invalidCoding("chunked with an empty parameter", "chunked;"),
                invalidCoding("quoted chunked", "\"chunked\""),
                invalidCoding("chunked with a letter before", "xchunked"),
                invalidCoding("chunked with a letter after", "chunkedx"),
                invalidCoding("chunked in two words", "chun ked"),
                invalidCoding("empty element after", "chunked,"),
                invalidCoding("empty element before", ",chunked"),
                invalidCoding("empty element between", "gzip,,chunked"),
                invalidCoding("chunked with a byte beyond ASCII", "chunked\u00a0"),
                invalidCoding("line separator of ISO-8859-1", "\u0085chunked"),
                refused(
                        "two codings in two fields",
                        WireFaults.TRANSFER_ENCODING_INVALID,
                        post("Transfer-Encoding: gzip", "Transfer-Encoding: chunked", EMPTY)),
                refused(
                        "chunked in two fields",
                        WireFaults.TRANSFER_ENCODING_INVALID,
                        post("Transfer-Encoding: chunked", "transfer-encoding: chunked", EMPTY)),
                unsupported("gzip, chunked", "gzip, chunked"),
                unsupported("identity, chunked", "identity, chunked"),
                unsupported("unknown, chunked", "cow,chunked"));
    }

    private static List<RequestCase> hiddenCodings() {
        return List.of(
                coding("vertical tab before chunked", WireFaults.FIELD_VALUE_INVALID, ": \u000bchunked"),
                coding("NUL after chunked", WireFaults.FIELD_VALUE_INVALID, ": chunked\0"),
                coding("space before the colon of the coding", WireFaults.FIELD_NAME_INVALID, " : chunked"),
                coding("coding folded", WireFaults.FIELD_FOLDED, ":\r\n chunked"),
                coding("LF before the coding", WireFaults.LINE_ENDING_INVALID, ": x\nTransfer-Encoding: chunked"),
                accepted("underscore in Content-Length", of("POST", "Content_Length: 5", ""))
                        .answered(400),
                accepted("underscore in Transfer-Encoding", of("POST", "Transfer_Encoding: chunked", ""))
                        .answered(400));
    }

    private static List<RequestCase> truncated() {
        return List.of(
                refusedInContent(
                        "less content than its length",
                        WireFaults.CONTENT_TRUNCATED,
                        post("Content-Length: 6", "hello")),
                refusedInContent(
                        "the longest length",
                        WireFaults.CONTENT_TRUNCATED,
                        post("Content-Length: " + "9".repeat(18), "a")),
                refusedInContent("no content at all", WireFaults.CONTENT_TRUNCATED, post("Content-Length: 5", "")));
    }

    private static String of(String method, String fieldLine, String content) {
        return message(method + " / HTTP/1.1", content, Raw.HOST, fieldLine);
    }

    private static String length(String content) {
        return "Content-Length: " + content.length();
    }

    private static RequestCase invalidLength(String name, String value) {
        return refused(name, WireFaults.CONTENT_LENGTH_INVALID, post("Content-Length: " + value, "hello"));
    }

    private static RequestCase invalidCoding(String name, String value) {
        return coding(name, WireFaults.TRANSFER_ENCODING_INVALID, ": " + value);
    }

    private static RequestCase unsupported(String name, String value) {
        return coding(name, WireFaults.TRANSFER_CODING_UNSUPPORTED, ": " + value);
    }

    private static RequestCase coding(String name, WireFault fault, String afterName) {
        return refused(name, fault, post("Transfer-Encoding" + afterName, EMPTY + SMUGGLED));
    }

    private static RequestCase conflict(String name, String line, String otherLine) {
        return refused(name, WireFaults.FRAMING_CONFLICT, post(line, otherLine, EMPTY + SMUGGLED));
    }
}
