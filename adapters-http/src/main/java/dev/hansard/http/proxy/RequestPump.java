// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.upstream.UpstreamConnection;
import dev.hansard.http.upstream.UpstreamException;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.HeadWriter;
import dev.hansard.http.wire.Step;
import dev.hansard.http.wire.WireFault;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.OutgoingProof;
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
    private final @Nullable HeldContent held;
    private final @Nullable OutgoingProof proof;
    private final boolean chunked;
    private final ContentPace pace;
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

    /** Guards {@link #stopped} and {@link #ended} against the recording of content; never held over I/O. */
    private final ReentrantLock recording = new ReentrantLock();

    private boolean stopped;
    private boolean ended;
    private volatile boolean contentDone;
    private long received;
    private int sent;
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

    /**
     * A pump for one request.
     *
     * @param held all of its content, when it was read before; null when it is still to come
     * @param proof looks at what is sent, its head first; null when nobody has to
     */
    RequestPump(
            CallerSelector shared,
            CallerInput input,
            Deadline reading,
            Call call,
            UpstreamConnection upstream,
            @Nullable HeldContent held,
            @Nullable OutgoingProof proof) {
        this.shared = shared;
        this.input = input;
        this.reading = reading;
        this.call = call;
        this.upstream = upstream;
        this.held = held;
        this.proof = proof;
        this.pace = new ContentPace(shared, reading);
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
        if (framing == BodyFraming.NONE) {
            end();
        } else if (held != null) {
            advance();
        } else {
            input.decoder().begin(framing, input.parser().contentLength());
            // Also asked without bytes: a content of length 0 has ended.
            advance();
        }
        if (failure.get() == null) {
            call.sending();
            sendAndAwait();
        }
        if (!ended && failure.get() == null) {
            thread = Thread.ofVirtual().name("hansard-request-pump").start(this::pump);
        }
    }

    private void pump() {
        try {
            while (!ended && failure.get() == null && !isStopped()) {
                if (held == null && !readMore()) {
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

    private boolean readMore() throws IOException {
        pace.limit(received);
        boolean more = input.readMoreOfBody();
        // Before the request can count as ended: from then on the deadline belongs to the next head.
        reading.clear();
        return more;
    }

    /** Decodes what is at hand into the upstream's writer, and onto the record. */
    private void advance() {
        if (held != null) {
            advance(held);
            return;
        }
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

    /** It is on the record already. A piece at a time, so that the writer does not grow to the size of the content. */
    private void advance(HeldContent whole) {
        int piece = Math.min(whole.length() - sent, CallerInput.READ_BYTES);
        if (piece > 0) {
            whole.hand(sent, piece, this::prove);
            whole.hand(sent, piece, this::write);
            sent += piece;
        }
        if (sent == whole.length()) {
            end();
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
        write(bytes, offset, length);
    }

    private void write(byte[] bytes, int offset, int length) {
        HeadWriter writer = upstream.writer();
        if (chunked) {
            writer.chunkHead(length);
            writer.content(bytes, offset, length);
            writer.chunkTail();
        } else {
            writer.content(bytes, offset, length);
        }
    }

    private void prove(byte[] bytes, int offset, int length) {
        if (proof != null) {
            proof.content(bytes, offset, length);
        }
    }

    private void end() {
        Refusal unproved = proof == null ? null : proof.verdict();
        if (unproved != null) {
            // The last bytes are still here: what the upstream has is no whole request.
            upstream.writer().clear();
            fail(new Failure.Unacceptable(unproved));
            return;
        }
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
        if (held != null) {
            return; // All of it has been read: what comes next is another request.
        }
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
