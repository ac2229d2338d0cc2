// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.credential.UsedCredential;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recorded exchange without its content: a request and its final response. All of it is masked.
 *
 * @param durationMicros from the head of the request to the end, in microseconds
 * @param code why it was refused or broke off, a stable word as in {@link dev.hansard.ports.exchange.Refusal}; null
 *     when complete
 * @param caller who called
 * @param callerAddress IP address of the peer
 * @param method the request's method
 * @param target the canonical request-target as sent upstream, with masked query values
 * @param host the authority that the caller asked for
 * @param receivedTarget the request-target as it was received, masked likewise; the same as {@code target} when it was
 *     not rewritten
 * @param request the request as received
 * @param requestChanges how the forwarded request differed
 * @param upstream the upstream that was used, as a URL; null when none was
 * @param status status code of the response; 0 when there was none
 * @param reason reason phrase of the response
 * @param response the response as received from the upstream, or as Hansard made it
 * @param responseChanges how the forwarded response differed
 * @param traceId 32 lower-case hex digits (W3C Trace Context); null when unknown
 * @param credentials what Hansard put into the request, by names and versions; empty for most
 * @param decision what the policies said
 * @since 0.1
 */
public record Session(
        SessionId id,
        ServiceName service,
        NodeName node,
        String listener,
        Instant startedAt,
        long durationMicros,
        SessionState state,
        Ending ending,
        @Nullable String code,
        Durability durability,
        RetentionClass retention,
        Caller caller,
        String callerAddress,
        String method,
        String target,
        String host,
        String receivedTarget,
        RecordedMessage request,
        Changes requestChanges,
        @Nullable String upstream,
        int status,
        String reason,
        RecordedMessage response,
        Changes responseChanges,
        Timing timing,
        @Nullable String traceId,
        List<UsedCredential> credentials,
        Decision decision) {
    public Session {
        credentials = List.copyOf(credentials);
    }

    /** The same session with other messages. */
    public Session withMessages(RecordedMessage newRequest, RecordedMessage newResponse) {
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
                newRequest,
                requestChanges,
                upstream,
                status,
                reason,
                newResponse,
                responseChanges,
                timing,
                traceId,
                credentials,
                decision);
    }

    /** The same session in another retention class. */
    public Session withRetention(RetentionClass newRetention) {
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
                newRetention,
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

    /** The row that the catalog keeps of it: its caller is without the actors. */
    public SessionSummary summary() {
        return new SessionSummary(
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
                caller.alone(),
                method,
                target,
                host,
                status,
                request.bodyBytes(),
                response.bodyBytes(),
                request.truncated() || response.truncated(),
                traceId);
    }
}
