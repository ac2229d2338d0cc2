// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static dev.hansard.http.wire.BodyFraming.LENGTH;
import static dev.hansard.http.wire.Raw.bare;
import static dev.hansard.http.wire.Raw.get;
import static dev.hansard.http.wire.Raw.post;
import static dev.hansard.http.wire.RequestCase.accepted;
import static dev.hansard.http.wire.RequestCase.refused;

import java.util.List;

/** Requests that say something of the connection, and several on one. */
final class ConnectionCases {
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private ConnectionCases() {}

    static List<RequestCase> all() {
        return List.of(
                accepted("keep-alive", get("Connection: keep-alive")),
                accepted("close", get("Connection: close")),
                accepted("close in other case", get("connection: CLOSE")),
                accepted("close and a nominated field", get("Connection: X-Hop, close\r\nX-Hop: 1")),
                accepted("empty elements", get("Connection: , ,close,")),
                accepted("empty Connection", get("Connection:")),
                accepted("TE for trailers", get("Connection: TE\r\nTE: trailers")),
                accepted("Keep-Alive field", get("Connection: keep-alive\r\nKeep-Alive: timeout=5")),
                accepted("Proxy-Connection", get("Proxy-Connection: keep-alive")),
                accepted("two requests", get("X: 1") + NEXT).leaving(NEXT).answered(200, 200),
                accepted("two requests with an empty line between", get("X: 1") + "\r\n" + NEXT)
                        .leaving("\r\n" + NEXT)
                        .answered(200, 200),
                accepted("second request malformed", get("X: 1") + "GET /\r\n\r\n")
                        .leaving("GET /\r\n\r\n")
                        .answered(200, 400),
                accepted("request after close", get("Connection: close") + NEXT)
                        .leaving(NEXT)
                        .answered(200),
                refused("parameter in Connection", WireFaults.CONNECTION_INVALID, get("Connection: close;a=b")),
                refused("two words in Connection", WireFaults.CONNECTION_INVALID, get("Connection: close keep-alive")),
                refused("quoted word in Connection", WireFaults.CONNECTION_INVALID, get("Connection: \"close\"")),
                refused("byte beyond ASCII in Connection", WireFaults.CONNECTION_INVALID, get("Connection: \u00e9")),
                refused("request after a refused one", WireFaults.HOST_MISSING, bare() + NEXT),
                accepted("expectation", LENGTH, "hello", post("Expect: 100-continue", "Content-Length: 5", "hello"))
                        .answeredSomehow(),
                accepted(
                                "expectation in other case",
                                LENGTH,
                                "hello",
                                post("expect: 100-Continue", "Content-Length: 5", "hello"))
                        .answeredSomehow(),
                accepted("expectation without content", get("Expect: 100-continue")),
                expectation("unknown expectation", "Expect: 200-ok"),
                expectation("expectation with a parameter", "Expect: 100-continue;a=b"),
                expectation("two expectations", "Expect: 100-continue, 100-continue"),
                expectation("two expectations in two fields", "Expect: 100-continue\r\nExpect: 100-continue"),
                expectation("expectation with more", "Expect: 100-continue, x=y"),
                expectation("empty expectation", "Expect:"));
    }

    private static RequestCase expectation(String name, String fieldLine) {
        return refused(name, WireFaults.EXPECTATION_FAILED, post(fieldLine, "Content-Length: 5", "hello"));
    }
}
