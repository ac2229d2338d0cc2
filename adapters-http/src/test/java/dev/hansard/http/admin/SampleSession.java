// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionBuilder;
import dev.hansard.ports.session.SessionState;
import dev.hansard.ports.session.Timing;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Builds sessions for tests: a complete one unless told otherwise. */
final class SampleSession {
    private static final String SHA_256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final SessionId id;
    private String target = "/v1/orders/1";
    private long keptBytes;
    private long bodyBytes;
    private boolean isTruncated;
    private final List<Field> responseHeaders = new ArrayList<>();

    private SampleSession(int number) {
        this.id = new SessionId(0x0190_163d_8694_7000L + number, 0x8000_0000_0000_0000L + number);
    }

    static SampleSession number(int number) {
        return new SampleSession(number);
    }

    SampleSession target(String path) {
        this.target = path;
        return this;
    }

    SampleSession header(String name, String value) {
        responseHeaders.add(new Field(name, value));
        return this;
    }

    /** The response body keeps this many bytes, and they are all there were. */
    SampleSession kept(long bytes) {
        this.keptBytes = bytes;
        this.bodyBytes = bytes;
        return this;
    }

    SampleSession truncatedOf(long bytes) {
        this.bodyBytes = bytes;
        this.isTruncated = true;
        return this;
    }

    Session complete() {
        return session(SessionState.COMPLETE);
    }

    Session refused() {
        return session(SessionState.REFUSED);
    }

    private Session session(SessionState state) {
        boolean isComplete = state == SessionState.COMPLETE;
        return SessionBuilder.aSession()
                .id(id)
                .at("node-1", "edge")
                .lasted(Instant.parse("2026-11-23T01:02:03.004Z"), 12_345)
                .ended(state, isComplete ? Ending.COMPLETE : Ending.ANSWERED_BY_GATEWAY, isComplete ? null : "no_route")
                .caller(new Caller("ci", "checkout", List.of("sre")), "127.0.0.1")
                .target(target)
                .host("pay.example")
                .receivedTarget(target + "?")
                .request(request())
                .requestChanges(new Changes(List.of("Connection"), List.of(new Field("Via", "1.1 hansard"))))
                .upstream(isComplete ? "http://127.0.0.1:9001" : null)
                .status(isComplete ? 201 : 0, isComplete ? "Created" : "")
                .response(response())
                .timing(isComplete ? new Timing(100, 2000, 10_001, 12_000) : Timing.NONE)
                .traceId(isComplete ? "4bf92f3577b34da6a3ce929d0e0e4736" : null)
                .build();
    }

    private static RecordedMessage request() {
        return new RecordedMessage(
                List.of(new Field("Host", "pay.example"), new Field("X-Name", "caf\u00c3\u00a9")),
                List.of(),
                2,
                2,
                SHA_256,
                false,
                Masking.of(MaskStatus.MASKED));
    }

    private RecordedMessage response() {
        return new RecordedMessage(
                responseHeaders,
                List.of(new Field("Checksum", "1")),
                bodyBytes,
                keptBytes,
                isTruncated ? null : SHA_256,
                isTruncated,
                Masking.CLEAN);
    }
}
