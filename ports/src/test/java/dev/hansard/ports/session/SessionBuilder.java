// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.credential.UsedCredential;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole sessions for tests: complete, and without content, unless said otherwise. Not safe for threads. */
public final class SessionBuilder {
    /** Neither fields nor content. */
    public static final RecordedMessage NOTHING = message(List.of(), 0);

    private SessionId id = SummaryBuilder.idAt(SummaryBuilder.NOON, 0);
    private ServiceName service = new ServiceName("payments");
    private NodeName node = new NodeName("node-1");
    private String listener = "main";
    private Instant startedAt = SummaryBuilder.NOON;
    private long durationMicros = 1_500;
    private SessionState state = SessionState.COMPLETE;
    private Ending ending = Ending.COMPLETE;
    private @Nullable String code;
    private Durability durability = Durability.STRICT;
    private RetentionClass retention = RetentionClass.DEFAULT;
    private Caller caller = Caller.ANONYMOUS;
    private String callerAddress = "127.0.0.1";
    private String method = "POST";
    private String target = "/v1/orders";
    private String host = "payments";
    private String receivedTarget = target;
    private RecordedMessage request = NOTHING;
    private Changes requestChanges = Changes.NONE;
    private @Nullable String upstream;
    private int status = 200;
    private String reason = "OK";
    private RecordedMessage response = NOTHING;
    private Changes responseChanges = Changes.NONE;
    private Timing timing = Timing.NONE;
    private @Nullable String traceId;
    private List<UsedCredential> credentials = List.of();
    private Decision decision = Decision.UNSAID;

    private SessionBuilder() {}

    public static SessionBuilder aSession() {
        return new SessionBuilder();
    }

    /** One that is like another but for what is said. */
    public static SessionBuilder like(Session other) {
        var builder = new SessionBuilder();
        builder.id = other.id();
        builder.service = other.service();
        builder.node = other.node();
        builder.listener = other.listener();
        builder.startedAt = other.startedAt();
        builder.durationMicros = other.durationMicros();
        builder.state = other.state();
        builder.ending = other.ending();
        builder.code = other.code();
        builder.durability = other.durability();
        builder.retention = other.retention();
        builder.caller = other.caller();
        builder.callerAddress = other.callerAddress();
        builder.method = other.method();
        builder.target = other.target();
        builder.host = other.host();
        builder.receivedTarget = other.receivedTarget();
        builder.request = other.request();
        builder.requestChanges = other.requestChanges();
        builder.upstream = other.upstream();
        builder.status = other.status();
        builder.reason = other.reason();
        builder.response = other.response();
        builder.responseChanges = other.responseChanges();
        builder.timing = other.timing();
        builder.traceId = other.traceId();
        builder.credentials = other.credentials();
        return builder;
    }

    /** A message with content of that length, of which all is kept and nothing had to be masked. */
    public static RecordedMessage message(List<Field> headers, long length) {
        return new RecordedMessage(headers, List.of(), length, length, null, false, Masking.CLEAN);
    }

    public SessionBuilder id(SessionId newId) {
        id = newId;
        return this;
    }

    /** What it was sent on with. */
    public SessionBuilder credential(String name, String version) {
        credentials = List.of(new UsedCredential(name, version));
        return this;
    }

    public SessionBuilder service(String name) {
        service = new ServiceName(name);
        return this;
    }

    /** Where it was recorded. */
    public SessionBuilder at(String nodeName, String newListener) {
        node = new NodeName(nodeName);
        listener = newListener;
        return this;
    }

    public SessionBuilder lasted(Instant from, long micros) {
        startedAt = from;
        durationMicros = micros;
        return this;
    }

    public SessionBuilder ended(SessionState newState, Ending how, @Nullable String newCode) {
        state = newState;
        ending = how;
        code = newCode;
        return this;
    }

    public SessionBuilder durability(Durability newDurability) {
        durability = newDurability;
        return this;
    }

    public SessionBuilder caller(Caller newCaller, String address) {
        caller = newCaller;
        callerAddress = address;
        return this;
    }

    public SessionBuilder method(String newMethod) {
        method = newMethod;
        return this;
    }

    /** As received and as sent on. */
    public SessionBuilder target(String newTarget) {
        target = newTarget;
        receivedTarget = newTarget;
        return this;
    }

    public SessionBuilder receivedTarget(String newTarget) {
        receivedTarget = newTarget;
        return this;
    }

    public SessionBuilder host(String newHost) {
        host = newHost;
        return this;
    }

    public SessionBuilder request(RecordedMessage message) {
        request = message;
        return this;
    }

    public SessionBuilder requestChanges(Changes changes) {
        requestChanges = changes;
        return this;
    }

    public SessionBuilder upstream(@Nullable String url) {
        upstream = url;
        return this;
    }

    public SessionBuilder status(int newStatus, String newReason) {
        status = newStatus;
        reason = newReason;
        return this;
    }

    public SessionBuilder response(RecordedMessage message) {
        response = message;
        return this;
    }

    public SessionBuilder responseChanges(Changes changes) {
        responseChanges = changes;
        return this;
    }

    public SessionBuilder timing(Timing newTiming) {
        timing = newTiming;
        return this;
    }

    public SessionBuilder traceId(@Nullable String newTraceId) {
        traceId = newTraceId;
        return this;
    }

    public SessionBuilder decision(Decision newDecision) {
        decision = newDecision;
        return this;
    }

    public Session build() {
        return new Session(
                id,
                service,
                node,
                listener,
                startedAt,
                durationMicros,
                state,
                ending,
                code,
                durability,
                retention,
                caller,
                callerAddress,
                method,
                target,
                host,
                receivedTarget,
                request,
                requestChanges,
                upstream,
                status,
                reason,
                response,
                responseChanges,
                timing,
                traceId,
                credentials,
                decision);
    }
}
