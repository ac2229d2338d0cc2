// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.upstream.UpstreamConnection;
import dev.hansard.http.upstream.UpstreamException;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.HeadWriter;
import dev.hansard.http.wire.Step;
import dev.hansard.http.wire.WireFault;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Moves a request's content from the caller to the upstream. What is at hand goes with the head, on the connection's
 * thread; only if there is more to come does a thread of its own pump it. Once {@link #stop} has returned, the pump
 * touches neither the call nor its record again; it may still read and forget what the caller sends.
 */
final class RequestPump {
    private final CallerSelector shared;
    private final CallerInput input;
    private final Deadline reading;
    private final Call call;
    private final UpstreamConnection upstream;
    private final boolean chunked;
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

    /** Guards {@link #stopped} and {@link #ended} against the recording of content; never held over I/O. */
    private final ReentrantLock recording = new ReentrantLock();

    private boolean stopped;
    private boolean ended;
    private volatile boolean contentDone;
    private long started;
    private long received;
    private @Nullable Thread thread;

    /** Why the pump gave up; the connection's thread then finds its upstream closed and asks here. */
    sealed interface Failure {
        /** The caller's content is not acceptable. */
        record Unacceptable(Refusal refusal) implements Failure {}

        /** The caller is gone. */
        record CallerGone(Ending ending) implements Failure {}

        /** The upstream took nothing for too long. */
        record UpstreamStuck(UpstreamException cause) implements Failure {}
    }

    RequestPump(CallerSelector shared, CallerInput input, Deadline reading, Call call, UpstreamConnection upstream) {
        this.shared = shared;
        this.input = input;
        this.reading = reading;
        this.call = call;
        this.upstream = upstream;
        this.chunked = input.parser().framing() == BodyFraming.CHUNKED;
    }

    static Refusal tooLarge(long most) {
        return new Refusal(
                413,
                "content_too_large",
                "The request's content is larger than the listener's limit of " + most + " bytes.");
    }

    /** Sends the head that the upstream's writer holds, and with it the content that has been read already. */
    void sendHeadAndContentAtHand() throws UpstreamException {
        BodyFraming framing = input.parser().framing();
        started = shared.deadlines().now();
        if (framing == BodyFraming.NONE) {
            end();
        } else {
            input.decoder().begin(framing, input.parser().contentLength());
            // Also asked without bytes: a content of length 0 has ended.
            advance();
        }
        if (failure.get() == null) {
            sendAndAwait();
        }
        if (!ended && failure.get() == null) {
            thread = Thread.ofVirtual().name("hansard-request-pump").start(this::pump);
        }
    }

    private void pump() {
        try {
            while (!ended && failure.get() == null && !isStopped()) {
                limitWait();
                boolean more = input.readMoreOfBody();
                // Before the request can count as ended: from then on the deadline belongs to the next head.
                reading.clear();
                if (!more) {
                    fail(new Failure.CallerGone(Ending.CALLER_ABORTED));
                    return;
                }
                advance();
                sendAndAwait();
            }
        } catch (UpstreamException e) {
            upstreamTookNoMore(e);
        } catch (IOException e) {
            fail(new Failure.CallerGone(reading.hasPassed() ? Ending.CALLER_TOO_SLOW : Ending.CALLER_ABORTED));
        }
        if (!ended) {
            discard();
        }
    }

    /** The later of the two limits never counts: no progress for too long, or an average below the minimum rate. */
    private void limitWait() {
        ListenerSettings.Timeouts timeouts = shared.settings().timeouts();
        Deadlines deadlines = shared.deadlines();
        long idleAt = deadlines.now() + timeouts.idle().toNanos();
        long earned = received / Math.max(1, timeouts.minBytesPerSecond());
        long rateAt = started
                + ListenerSettings.Timeouts.RATE_GRACE.plusSeconds(earned).toNanos();
        reading.setAt(rateAt - idleAt < 0 ? rateAt : idleAt);
    }

    /** Decodes what is at hand into the upstream's writer, and onto the record. */
    private void advance() {
        Step step;
        try {
            step = input.decode(this::content);
        } catch (IOException e) {
            throw new IllegalStateException("a sink that does no I/O failed", e);
        }
        switch (step) {
            case DONE -> end();
            case FAULT -> {
                WireFault fault = input.decoder().fault();
                fail(new Failure.Unacceptable(new Refusal(fault.status(), fault.code(), fault.detail())));
            }
            case NEED_MORE -> {
                // The rest is still to come.
            }
        }
    }

    private void content(byte[] bytes, int offset, int length) {
        received += length;
        long most = shared.settings().limits().bodyBytes();
        if (received > most) {
            fail(new Failure.Unacceptable(tooLarge(most)));
            return;
        }
        record(() -> call.requestBody(bytes, offset, length));
        HeadWriter writer = upstream.writer();
        if (chunked) {
            writer.chunkHead(length);
            writer.content(bytes, offset, length);
            writer.chunkTail();
        } else {
            writer.content(bytes, offset, length);
        }
    }

    private void end() {
        contentDone = true;
        if (chunked) {
            upstream.writer().lastChunk(null);
        }
    }

    private void record(Runnable onRecord) {
        recording.lock();
        try {
            if (!stopped) {
                onRecord.run();
            }
        } finally {
            recording.unlock();
        }
    }

    private void sendAndAwait() throws UpstreamException {
        if (failure.get() != null) {
            return;
        }
        upstream.send(call.service().timeouts().idle());
        if (contentDone) {
            upstream.awaitHeadWithin(call.service().timeouts().response());
            // Last of all: once the request has ended, the connection may be given to another call.
            record(() -> {
                call.requestEnd(input.decoder().trailers());
                ended = true;
            });
        }
    }

    private void fail(Failure why) {
        failure.compareAndSet(null, why);
        upstream.close();
    }

    /** It may have answered early and closed: then its answer, read by the other thread, is what counts. */
    private void upstreamTookNoMore(UpstreamException e) {
        if (e.status() == 504) {
            fail(new Failure.UpstreamStuck(e));
        } else {
            upstream.awaitHeadWithin(call.service().timeouts().response());
        }
    }

    private boolean isStopped() {
        recording.lock();
        try {
            return stopped;
        } finally {
            recording.unlock();
        }
    }

    private void discard() {
        try {
            input.linger(reading);
        } catch (IOException _) {
            // The caller is gone, or its moment was over.
        }
    }

    /** Whether all of the request's content has come in, though it may not have gone out yet. */
    boolean hasAllContent() {
        return contentDone;
    }

    /** Waits for the request's end, in vain if it takes longer than {@code limit}. */
    void awaitEnd(Duration limit) {
        if (thread == null) {
            return;
        }
        try {
            boolean _ = thread.join(limit);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * From here on nothing is recorded.
     *
     * @return whether the request's content has come to its clean end
     */
    boolean stop() {
        recording.lock();
        try {
            stopped = true;
            return ended;
        } finally {
            recording.unlock();
        }
    }

    @Nullable
    Failure failure() {
        return failure.get();
    }

    /** After the answer: waits until the pump's thread, if there is one, has let go of the connection. */
    void linger() {
        if (thread == null) {
            if (!ended) {
                discard();
            }
            return;
        }
        reading.set(CallerInput.LINGER);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
