// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static dev.hansard.http.wire.BodyFraming.CHUNKED;
import static dev.hansard.http.wire.BodyFraming.LENGTH;
import static dev.hansard.http.wire.BodyFraming.NONE;
import static dev.hansard.http.wire.BodyFraming.UNTIL_CLOSE;
import static dev.hansard.http.wire.Raw.message;
import static dev.hansard.http.wire.Raw.ok;
import static dev.hansard.http.wire.Raw.okChunked;
import static dev.hansard.http.wire.ResponseCase.accepted;
import static dev.hansard.http.wire.ResponseCase.refused;
import static dev.hansard.http.wire.ResponseCase.refusedInContent;

import java.util.List;
import java.util.stream.Stream;

/** Responses that differ in how their content is framed, and interim ones. */
final class ResponseContentCases {
    private static final String TE = "Transfer-Encoding: ";
    private static final String CHUNKS = "5\r\nhello\r\n0\r\n\r\n";
    private static final String POISON = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nPOISON";
    private static final String FINAL = ok("Content-Length: 5", "hello");

    private ResponseContentCases() {}

    static List<ResponseCase> all() {
        return Stream.of(framed(), withoutContent(), interim(), chunked())
                .flatMap(List::stream)
                .toList();
    }

    private static List<ResponseCase> framed() {
        return List.of(
                accepted("length", 200, LENGTH, "hello", FINAL),
                accepted("error with content", 500, LENGTH, "x", status("500 Oops", "Content-Length: 1", "x")),
                accepted("content of a redirection", 302, LENGTH, "x", status("302 Go", "Content-Length: 1", "x")),
                accepted("205 with a length", 205, LENGTH, "", status("205 Reset", "Content-Length: 0", "")),
                accepted("close-delimited", 200, UNTIL_CLOSE, "hello", ok("X: 1", "hello")),
                accepted("close-delimited without content", 200, UNTIL_CLOSE, "", ok("X: 1", "")),
                accepted("close-delimited HTTP/1.0", 200, UNTIL_CLOSE, "hello", "HTTP/1.0 200 OK\r\n\r\nhello"),
                accepted("close-delimited 205", 205, UNTIL_CLOSE, "", status("205 Reset", "X: 1", "")),
                accepted("second response", 200, LENGTH, "hello", FINAL + POISON)
                        .leaving(POISON),
                accepted("one byte more", 200, LENGTH, "hello", FINAL + "!").leaving("!"),
                accepted("line end more", 200, LENGTH, "hello", FINAL + "\r\n").leaving("\r\n"),
                refused(
                        "length and chunked",
                        WireFaults.FRAMING_CONFLICT,
                        ok("Content-Length: 5", TE + "chunked", CHUNKS)),
                refused(
                        "chunked and length",
                        WireFaults.FRAMING_CONFLICT,
                        ok(TE + "chunked", "Content-Length: 5", CHUNKS)),
                lengths("different lengths", "Content-Length: 6"),
                lengths("equal lengths", "Content-Length: 5"),
                length("list of equal lengths", "5, 5"),
                length("list of different lengths", "5, 6"),
                length("length with a sign", "+5"),
                length("negative length", "-5"),
                length("hexadecimal length", "0x5"),
                length("fraction of a length", "5.0"),
                length("empty length", ""),
                length("length of 19 digits", "0000000000000000005"),
                coding("gzip, chunked", "gzip, chunked", WireFaults.TRANSFER_CODING_UNSUPPORTED),
                coding("gzip", "gzip", WireFaults.TRANSFER_ENCODING_INVALID),
                coding("identity", "identity", WireFaults.TRANSFER_ENCODING_INVALID),
                coding("chunked twice", "chunked, chunked", WireFaults.TRANSFER_ENCODING_INVALID),
                coding("chunked with a parameter", "chunked;a=b", WireFaults.TRANSFER_ENCODING_INVALID),
                coding("unknown coding", "cow", WireFaults.TRANSFER_ENCODING_INVALID),
                coding("empty coding", "", WireFaults.TRANSFER_ENCODING_INVALID),
                refused(
                        "chunked in two fields",
                        WireFaults.TRANSFER_ENCODING_INVALID,
                        ok(TE + "chunked", TE + "chunked", CHUNKS)),
                refused(
                        "HTTP/1.0 with chunked",
                        WireFaults.TRANSFER_ENCODING_INVALID,
                        message("HTTP/1.0 200 OK", CHUNKS, TE + "chunked")),
                refusedInContent("length not reached", WireFaults.CONTENT_TRUNCATED, ok("Content-Length: 6", "hello")),
                refusedInContent("no content", WireFaults.CONTENT_TRUNCATED, ok("Content-Length: 6", "")));
    }

    private static List<ResponseCase> withoutContent() {
        return List.of(
                accepted("HEAD with length", 200, NONE, "", ok("Content-Length: 5", ""))
                        .to("HEAD"),
                accepted("HEAD with chunked", 200, NONE, "", okChunked("")).to("HEAD"),
                accepted("HEAD without framing", 200, NONE, "", ok("X: 1", "")).to("HEAD"),
                accepted("HEAD with content all the same", 200, NONE, "", FINAL)
                        .to("HEAD")
                        .leaving("hello"),
                refused(
                                "HEAD with length and chunked",
                                WireFaults.FRAMING_CONFLICT,
                                ok("Content-Length: 5", TE + "chunked", ""))
                        .to("HEAD"),
                accepted("method of head in lower case", 200, LENGTH, "hello", FINAL)
                        .to("head"),
                accepted("304", 304, NONE, "", status("304 Not Modified", "ETag: \"a\"", "")),
                accepted("304 with length", 304, NONE, "", status("304 Not Modified", "Content-Length: 5", "")),
                accepted("304 with chunked", 304, NONE, "", status("304 Not Modified", TE + "chunked", "")),
                accepted("304 with content all the same", 304, NONE, "", status("304 No", "Content-Length: 5", "hello"))
                        .leaving("hello"),
                accepted("204", 204, NONE, "", status("204 No Content", "X: 1", "")),
                accepted("204 with a length of 0", 204, NONE, "", status("204 No Content", "Content-Length: 0", ""))
                        .once(),
                accepted("204 with content", 204, NONE, "", status("204 No Content", "Content-Length: 5", "hello"))
                        .once()
                        .leaving("hello"),
                accepted("204 with chunks", 204, NONE, "", status("204 No Content", TE + "chunked", CHUNKS))
                        .once()
                        .leaving(CHUNKS));
    }

    private static List<ResponseCase> interim() {
        return List.of(
                accepted("100 unasked", 200, LENGTH, "hello", "HTTP/1.1 100 Continue\r\n\r\n" + FINAL)
                        .after(100),
                accepted("103 with hints", 200, LENGTH, "hello", status("103 Early Hints", "Link: </a>", "") + FINAL)
                        .after(103),
                accepted("many interim", 200, LENGTH, "hello", "HTTP/1.1 102 Wait\r\n\r\n".repeat(8) + FINAL)
                        .after(102, 102, 102, 102, 102, 102, 102, 102),
                accepted("unknown interim", 200, LENGTH, "hello", "HTTP/1.1 199 Odd\r\n\r\n" + FINAL)
                        .after(199),
                refused("101 unasked", WireFaults.UPGRADE_UNASKED, status("101 Switching", "Upgrade: websocket", "")),
                refused("101 after 100", WireFaults.UPGRADE_UNASKED, "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 101 S\r\n\r\n"),
                refused(
                        "100 with length",
                        WireFaults.FRAMING_UNEXPECTED,
                        status("100 C", "Content-Length: 0", "") + FINAL),
                refused("103 with chunked", WireFaults.FRAMING_UNEXPECTED, status("103 E", TE + "chunked", "") + FINAL),
                refused(
                        "malformed after interim",
                        WireFaults.STATUS_LINE_MALFORMED,
                        "HTTP/1.1 100 C\r\n\r\n\r\n" + FINAL));
    }

    /** Every chunked body of the requests' battery, but as an upstream's. */
    private static List<ResponseCase> chunked() {
        return ChunkCases.all().stream().map(ResponseContentCases::asResponse).toList();
    }

    private static ResponseCase asResponse(RequestCase request) {
        String body = request.raw().substring(Raw.chunked("").length());
        String raw = okChunked(body);
        return switch (request.outcome()) {
            case RequestCase.Outcome.Accepted accepted ->
                accepted(request.name(), 200, CHUNKED, accepted.content(), raw).leaving(accepted.rest());
            case RequestCase.Outcome.Refused refused ->
                new ResponseCase(request.name(), "GET", raw, new ResponseCase.Outcome.Refused(refused.code(), true));
            case RequestCase.Outcome.Unfinished _ -> throw new IllegalStateException("a head is missing");
        };
    }

    private static String status(String status, String fieldLine, String content) {
        return message("HTTP/1.1 " + status, content, fieldLine);
    }

    private static ResponseCase lengths(String name, String other) {
        return refused(name, WireFaults.CONTENT_LENGTH_REPEATED, ok("Content-Length: 5", other, "hello"));
    }

    private static ResponseCase length(String name, String value) {
        return refused(name, WireFaults.CONTENT_LENGTH_INVALID, ok("Content-Length: " + value, "hello"));
    }

    private static ResponseCase coding(String name, String value, WireFault fault) {
        return refused(name, fault, ok(TE + value, CHUNKS));
    }
}
