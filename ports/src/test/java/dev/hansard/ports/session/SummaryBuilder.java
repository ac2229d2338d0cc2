// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sessions for tests: complete unless said otherwise. Not safe for threads. */
public final class SummaryBuilder {
    /** When the sessions of tests start unless said otherwise. */
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private SessionId id = idAt(NOON, 0);
    private Instant startedAt = NOON;
    private String service = "payments";
    private String node = "node-1";
    private String method = "GET";
    private String target = "/v1/orders/42?page=1";
    private int status = 200;
    private SessionState state = SessionState.COMPLETE;
    private Ending ending = Ending.COMPLETE;
    private @Nullable String code;
    private @Nullable String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private Caller caller = Caller.ANONYMOUS;

    private SummaryBuilder() {}

    public static SummaryBuilder aSession() {
        return new SummaryBuilder();
    }

    /** The id of the {@code number}th session of a millisecond, 0 to 4095; later numbers sort later. */
    public static SessionId idAt(Instant time, int number) {
        return new SessionId(time.toEpochMilli() << 16 | 0x7000 | number, 0x8000_0000_0000_0000L | number);
    }

    /** Starts at {@code time} and gets the id that goes with it. */
    public SummaryBuilder at(Instant time, int number) {
        this.startedAt = time;
        this.id = idAt(time, number);
        return this;
    }

    public SummaryBuilder at(Instant time) {
        return at(time, 0);
    }

    /** Starts at another time than its id says, as after a jump of the clock. */
    public SummaryBuilder startedAt(Instant time) {
        this.startedAt = time;
        return this;
    }

    public SummaryBuilder service(String service) {
        this.service = service;
        return this;
    }

    public SummaryBuilder node(String node) {
        this.node = node;
        return this;
    }

    public SummaryBuilder method(String method) {
        this.method = method;
        return this;
    }

    public SummaryBuilder target(String target) {
        this.target = target;
        return this;
    }

    public SummaryBuilder status(int status) {
        this.status = status;
        return this;
    }

    public SummaryBuilder caller(Caller caller) {
        this.caller = caller;
        return this;
    }

    /** Broke off, so that {@code ending} is how. */
    public SummaryBuilder incomplete(Ending ending) {
        this.state = SessionState.INCOMPLETE;
        this.ending = ending;
        this.status = 0;
        return this;
    }

    /** Was answered by Hansard. */
    public SummaryBuilder refused(int status, String code) {
        this.state = SessionState.REFUSED;
        this.ending = Ending.ANSWERED_BY_GATEWAY;
        this.status = status;
        this.code = code;
        this.traceId = null;
        return this;
    }

    public SessionSummary summary() {
        return new SessionSummary(
                id,
                new ServiceName(service),
                new NodeName(node),
                "data",
                startedAt,
                1_234,
                state,
                ending,
                code,
                Durability.STRICT,
                RetentionClass.DEFAULT,
                caller,
                method,
                target,
                "api.example.com",
                status,
                11,
                2_222,
                false,
                traceId);
    }

    /** As the {@code sequence}th session of its node, in the spool. */
    public CatalogEntry entry(long sequence) {
        return new CatalogEntry(
                sequence, summary(), new FrameLocation("spool/000001.spool", 1_000 * sequence, 900 + sequence % 100));
    }
}
