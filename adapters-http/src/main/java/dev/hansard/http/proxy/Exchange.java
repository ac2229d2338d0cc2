// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.upstream.UpstreamConnection;
import dev.hansard.http.upstream.UpstreamException;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.HeadWriter;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.OutgoingProof;
import dev.hansard.ports.exchange.Readiness;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.exchange.ResponseGuard;
import dev.hansard.ports.exchange.ResponseHead;
import dev.hansard.ports.exchange.Ruling;
import dev.hansard.ports.exchange.Sealing;
import dev.hansard.ports.exchange.UpstreamAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries one admitted call through: intent, upstream, request, response, record. The connection's thread reads the
 * response; where the request's content was not at hand with its head, a second thread pumps it, so that an upstream
 * may answer before the request ends.
 *
 * <p>The last bytes of a response stay in the output until {@link Call#finish} has sealed the record (invariant I2):
 * whatever was decoded last is flushed only when more is waited for, or after the seal.
 */
final class Exchange {
    /** Most interim responses before the final one; an upstream that sends more is broken or hostile. */
    private static final int MOST_INTERIM = 8;

    private static final int UNAUTHORIZED = 401;
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    /** How long an answered request may still take to come to its end. */
    private static final Duration REQUEST_GRACE = Duration.ofSeconds(1);

    private final CallerSelector shared;
    private final CallerInput input;
    private final CallerOutput output;
    private final Deadline reading;
    private final Call call;
    private @Nullable UpstreamConnection upstream;
    private @Nullable RequestPump pump;
    private @Nullable HeldContent held;
    private boolean continued;
    private boolean answering;
    private boolean finished;

    Exchange(CallerSelector shared, CallerInput input, CallerOutput output, Deadline reading, Call call) {
        this.shared = shared;
        this.input = input;
        this.output = output;
        this.reading = reading;
        this.call = call;
    }

    /** Serves the call to its end. True when the caller's connection can carry another. */
    boolean serve(RequestHead head) throws IOException {
        try {
            return serveAdmitted(head);
        } finally {
            if (held != null) {
                held.close();
            }
            if (!finished) {
                // A bug of ours or the end of the process: the call must not stay in flight for ever.
                closeUpstream();
                boolean _ = stopPump();
                Sealing _ = finish(Ending.UNKNOWN);
            }
        }
    }

    private boolean serveAdmitted(RequestHead head) throws IOException {
        return switch (call.ruling()) {
            case Ruling.Stops(Refusal refusal) -> answer(head, refusal);
            case Ruling.NeedsContent needed -> hold(head, needed);
            case Ruling.Parked parked -> park(head, parked);
            case Ruling.Passes _ -> goOn(head);
        };
    }

    /** Decides on the whole request: nothing of it goes on before. */
    private boolean hold(RequestHead head, Ruling.NeedsContent needed) throws IOException {
        if (input.parser().framing() != BodyFraming.NONE) {
            var hold = new ContentHold(shared, input, output, reading, call, needed);
            try {
                held = hold.read();
            } catch (CallerException e) {
                return callerGone(e.ending());
            }
            if (held == null) {
                return answer(head, hold.refusal());
            }
            continued = true;
        }
        call.watched(input::watch);
        return switch (call.ruling(held)) {
            case Ruling.Stops(Refusal refusal) -> answer(head, refusal);
            case Ruling.Parked parked -> park(head, parked);
            case Ruling.Passes _ -> goOn(head);
            case Ruling.NeedsContent _ -> throw new IllegalStateException("a content was asked for twice");
        };
    }

    /** The request goes on without its caller, who is told where to ask for what becomes of it. */
    private boolean park(RequestHead head, Ruling.Parked parked) throws IOException {
        boolean goOn = hasNoMoreContent() && input.parser().keepAlive() && !shared.isDraining();
        call.fail(parked.note());
        if (finish(Ending.ANSWERED_BY_GATEWAY) == Sealing.UNSEALED) {
            return false;
        }
        output.reply(parked.reply(), call.id(), !head.method().equals("HEAD"), !goOn);
        output.flush();
        if (!goOn) {
            linger();
        }
        return goOn;
    }

    private boolean goOn(RequestHead head) throws IOException {
        long most = shared.settings().limits().bodyBytes();
        if (input.parser().framing() == BodyFraming.LENGTH && input.parser().contentLength() > most) {
            return answer(head, RequestPump.tooLarge(most));
        }
        return switch (call.ready()) {
            case Readiness.Unready(Refusal refusal) -> answer(head, refusal);
            case Readiness.Ready _ -> forward(head);
        };
    }

    private Sealing finish(Ending ending) {
        finished = true;
        return call.finish(ending);
    }

    private boolean forward(RequestHead head) throws IOException {
        try {
            ResponseHead response = request(head);
            return relay(response);
        } catch (UpstreamException e) {
            return upstreamFailed(head, e);
        } catch (CallerException e) {
            return callerGone(e.ending());
        }
    }

    // Towards the upstream.

    /**
     * Sends the request and reads the final head; on a kept connection that turns out to be dead, once more on a new
     * one.
     */
    private ResponseHead request(RequestHead head) throws UpstreamException, CallerException {
        UpstreamAddress address = call.upstream();
        ResponseHead response = requestOnce(address, head);
        // The upstream has refused the credential, and so the request: it has had no effect that would be repeated.
        if (response.status() == UNAUTHORIZED && isRepeatable(head) && call.tryAgain()) {
            UpstreamConnection refused = Objects.requireNonNull(upstream);
            boolean _ = stopPump();
            refused.close();
            return requestOn(shared.upstreams().connect(call.service(), refused.address()), head);
        }
        return response;
    }

    private ResponseHead requestOnce(UpstreamAddress address, RequestHead head)
            throws UpstreamException, CallerException {
        UpstreamConnection kept = shared.upstreams().reuse(call.service(), address);
        if (kept != null) {
            try {
                return requestOn(kept, head);
            } catch (UpstreamException e) {
                kept.close();
                if (kept.sawResponseByte() || e.status() != 502 || !isRepeatable(head)) {
                    throw e;
                }
            }
        }
        return requestOn(connect(address), head);
    }

    /** Without content and by its method idempotent (RFC 9110 section 9.2.2): it does no harm to send it twice. */
    private boolean isRepeatable(RequestHead head) {
        return input.parser().framing() == BodyFraming.NONE && IDEMPOTENT.contains(head.method());
    }

    private UpstreamConnection connect(UpstreamAddress first) throws UpstreamException {
        for (UpstreamAddress address = first; ; ) {
            try {
                return shared.upstreams().connect(call.service(), address);
            } catch (UpstreamException e) {
                address = call.otherUpstream();
                if (address == null) {
                    throw e;
                }
            }
        }
    }

    private ResponseHead requestOn(UpstreamConnection connection, RequestHead head)
            throws UpstreamException, CallerException {
        upstream = connection;
        connection.expectResponse(head.method());
        UpstreamHead.write(connection.writer(), head, call, input.parser());
        OutgoingProof proof = call.proof();
        if (proof != null) {
            proof.head(connection.writer().bytes(), 0, connection.writer().length());
        }
        pump = new RequestPump(shared, input, reading, call, connection, held, proof);
        pump.sendHeadAndContentAtHand();
        return awaitFinalHead(head, connection);
    }

    // From the upstream.

    private ResponseHead awaitFinalHead(RequestHead head, UpstreamConnection upstream)
            throws UpstreamException, CallerException {
        ResponseHead response = upstream.readHead();
        for (int seen = 1; upstream.interim(); seen++) {
            if (seen > MOST_INTERIM) {
                throw new UpstreamException(
                        502,
                        "upstream_too_many_interim",
                        "The upstream sent more than " + MOST_INTERIM + " interim responses.");
            }
            refuseReflected(call.guard(response));
            continued |= response.status() == 100;
            HeadWriter writer = output.writer();
            writer.statusLine(response.status(), response.reason());
            writer.fields(response.fields(), call.interim(response));
            writer.end();
            output.flush();
            upstream.nextHead(head.method());
            response = upstream.readHead();
        }
        return response;
    }

    private static void refuseReflected(@Nullable ResponseGuard guard) throws UpstreamException {
        Refusal refusal = guard == null ? null : guard.refusal();
        if (refusal != null) {
            throw UpstreamException.of(refusal);
        }
    }

    private boolean relay(ResponseHead response) throws IOException {
        UpstreamConnection connection = Objects.requireNonNull(upstream);
        boolean keepAlive = input.parser().keepAlive() && !shared.isDraining() && canCarryAnother(connection);
        ResponseGuard guard = call.guard(response);
        refuseReflected(guard);
        var relay = new ResponseRelay(
                call, output, connection, call.service().timeouts().idle(), guard);
        answering = true;
        relay.head(response, keepAlive);
        try {
            relay.content();
        } finally {
            // What was refused before any of it went out can still have an answer in its place.
            answering = relay.hasFlushed() || guard == null || guard.refusal() == null;
        }
        awaitRequestEnd(connection);
        boolean requestEnded = stopPump();
        if (finish(Ending.COMPLETE) == Sealing.UNSEALED) {
            connection.close();
            return false;
        }
        try {
            output.flush();
        } catch (CallerException _) {
            // The record stands: all of the response was at hand, and the caller left before its last bytes.
            requestEnded = false;
        }
        if (requestEnded) {
            shared.upstreams().release(call.service(), connection);
            return keepAlive;
        }
        // Answered before the request's end: what is left of it has no reader.
        connection.close();
        linger();
        return false;
    }

    /**
     * An upstream that needs nothing of a request's content may answer before it has come in. Most often it is just
     * behind: then the record has all of it, and both connections can go on. There is nothing to wait for when the
     * upstream is done with its connection, or when the caller waits for a 100 that did not come.
     */
    private void awaitRequestEnd(UpstreamConnection connection) {
        if (pump != null && isWorthAwaiting(connection)) {
            pump.awaitEnd(REQUEST_GRACE);
        }
    }

    private boolean isWorthAwaiting(UpstreamConnection connection) {
        return connection.isReusable() && (continued || !input.parser().expectsContinue());
    }

    /** If not, the caller has to be told with the head: it might otherwise send its next request into the close. */
    private boolean canCarryAnother(UpstreamConnection connection) {
        return pump == null || pump.hasAllContent() || isWorthAwaiting(connection);
    }

    // Where it goes wrong.

    private boolean upstreamFailed(RequestHead head, UpstreamException failure) throws IOException {
        boolean requestEnded = leaveUpstream();
        RequestPump.Failure cause = pump == null ? null : pump.failure();
        if (cause instanceof RequestPump.Failure.CallerGone(Ending ending)) {
            return callerGone(ending);
        }
        if (!(cause instanceof RequestPump.Failure.Unacceptable)) {
            call.upstreamFailed();
        }
        if (answering) {
            // Part of the response may have gone out: it must not look whole, so the connection just ends.
            Sealing _ = finish(failure.status() == 504 ? Ending.UPSTREAM_TOO_SLOW : Ending.UPSTREAM_ABORTED);
            return false;
        }
        boolean goOn = requestEnded && input.parser().keepAlive() && !shared.isDraining();
        return switch (cause) {
            case RequestPump.Failure.Unacceptable(Refusal refusal) -> answerWith(head, refusal, false);
            case RequestPump.Failure.UpstreamStuck(UpstreamException stuck) -> answerWith(head, stuck.refusal(), false);
            case null, default -> answerWith(head, failure.refusal(), goOn);
        };
    }

    /** Ends the request, whatever has become of it. True when it had come to its clean end. */
    private boolean leaveUpstream() {
        UpstreamConnection connection = upstream;
        if (connection == null || !connection.hasRefused()) {
            closeUpstream();
            return stopPump();
        }
        boolean requestEnded = stopPump();
        if (requestEnded) {
            upstream = null;
            shared.upstreams().release(call.service(), connection);
        } else {
            connection.close();
        }
        return requestEnded;
    }

    private boolean callerGone(Ending ending) {
        closeUpstream();
        boolean _ = stopPump();
        Sealing _ = finish(ending);
        return false;
    }

    private void closeUpstream() {
        if (upstream != null) {
            upstream.close();
        }
    }

    /** True when the request had come to its clean end, so that the next one may follow. */
    private boolean stopPump() {
        return pump == null ? hasNoMoreContent() : pump.stop();
    }

    private boolean hasNoMoreContent() {
        return held != null || input.parser().framing() == BodyFraming.NONE;
    }

    /** Answers in the upstream's place, before anything was sent to it. */
    private boolean answer(RequestHead head, Refusal refusal) throws IOException {
        boolean goOn = hasNoMoreContent() && input.parser().keepAlive() && !shared.isDraining();
        return answerWith(head, refusal, goOn);
    }

    private boolean answerWith(RequestHead head, Refusal refusal, boolean goOn) throws IOException {
        call.fail(refusal);
        if (finish(Ending.ANSWERED_BY_GATEWAY) == Sealing.UNSEALED) {
            return false;
        }
        output.problem(refusal, call.id(), !head.method().equals("HEAD"), !goOn);
        output.flush();
        if (!goOn) {
            linger();
        }
        return goOn;
    }

    private void linger() throws IOException {
        if (pump != null) {
            pump.linger();
        } else if (held == null || input.hasUnread()) {
            input.lingerOverContent(reading);
        }
    }
}
