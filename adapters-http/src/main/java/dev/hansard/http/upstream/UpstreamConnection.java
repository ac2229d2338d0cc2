// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.deadline.Deadlines;
import dev.hansard.http.wire.BodyDecoder;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.HeadWriter;
import dev.hansard.http.wire.ResponseParser;
import dev.hansard.http.wire.Step;
import dev.hansard.http.wire.WireFault;
import dev.hansard.http.wire.WireLimits;
import dev.hansard.ports.exchange.ResponseHead;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.value.AgentName;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream and the state of the response that is being read from it. One exchange owns it at a
 * time; of its two threads one only writes, the other only reads.
 */
public final class UpstreamConnection implements Closeable {
    /** What one read takes in at the most; also the most that is held of a response while it streams. */
    static final int BUFFER_BYTES = 64 * 1024;

    /** Enough for the head and the whole of most responses; it grows once a response is larger. */
    private static final int FIRST_BUFFER_BYTES = 8 * 1024;

    /** How long an agent's own answer may take after its head, and in how many pieces it may come. */
    private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(1);

    private static final int MOST_REFUSAL_READS = 16;

    private final UpstreamAddress address;
    private final Link link;
    private final ResponseParser parser;
    private final BodyDecoder decoder;
    private final HeadWriter writer = new HeadWriter();
    private final Deadlines deadlines;
    private final Deadline readDeadline;
    private final Deadline writeDeadline;

    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int from;
    private int to;
    private final AtomicBoolean headSeen = new AtomicBoolean();
    private boolean bodyDone;
    private boolean faulty;
    private boolean sawResponseByte;
    private long idleSince;
    private String madeWith = "";
    private String method = "";
    private boolean leaving;
    private boolean hasRefused;

    UpstreamConnection(UpstreamAddress address, Link link, WireLimits limits, Deadlines deadlines) {
        this.address = address;
        this.link = link;
        this.parser = new ResponseParser(limits);
        this.decoder = new BodyDecoder(limits);
        this.deadlines = deadlines;
        this.readDeadline = deadlines.watch(this::close);
        this.writeDeadline = deadlines.watch(this::close);
    }

    public UpstreamAddress address() {
        return address;
    }

    /** Where the request is put together; emptied by {@link #send}. */
    public HeadWriter writer() {
        return writer;
    }

    /** Sends what the writer holds. */
    public void send(Duration limit) throws UpstreamException {
        write(writer.bytes(), 0, writer.length(), limit);
        writer.clear();
    }

    public void write(byte[] bytes, int offset, int length, Duration limit) throws UpstreamException {
        writeDeadline.set(limit);
        try {
            link.out().write(bytes, offset, length);
        } catch (IOException e) {
            if (writeDeadline.hasPassed()) {
                throw new UpstreamException(
                        504, "upstream_send_timeout", "The upstream took none of the request for too long.", e);
            }
            throw lost("upstream_reset", "The upstream closed the connection while the request was sent.", e);
        } finally {
            writeDeadline.clear();
        }
    }

    /** Starts on the response to a request with that method. */
    public void expectResponse(String method) {
        this.method = method;
        parser.reset(method);
        bodyDone = false;
        hasRefused = false;
        sawResponseByte = false;
        headSeen.set(false);
    }

    /** Limits the wait for the head of the response, from now; without it there is no limit. */
    public void awaitHeadWithin(Duration limit) {
        readDeadline.set(limit);
        if (headSeen.get()) {
            // It came while the end of the request was still being sent: then there is nothing to wait for.
            readDeadline.clear();
        }
    }

    /** Reads the next head, interim or final. Its fields are valid until the next head is read. */
    public ResponseHead readHead() throws UpstreamException {
        ResponseHead head = readAnyHead();
        if (link.agent() == null) {
            return head;
        }
        if (!leaving && AgentAnswer.isLeaving(head)) {
            leaving = true;
            parser.reset(method);
            head = readAnyHead();
        }
        UpstreamException refused = AgentAnswer.refusal(head);
        if (refused == null) {
            return head;
        }
        passOver();
        throw refused;
    }

    /** What the agent says itself is in the head; its content has no reader. */
    private void passOver() throws UpstreamException {
        beginBody();
        try {
            for (int reads = 0; reads < MOST_REFUSAL_READS && !drain((_, _, _) -> {}); reads++) {
                readMore(REFUSAL_LIMIT);
            }
        } catch (UpstreamException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("a sink that does nothing failed", e);
        }
        hasRefused = true;
    }

    /** Whether the agent at its other end has answered itself, so that the connection may still be of use. */
    public boolean hasRefused() {
        return hasRefused;
    }

    private ResponseHead readAnyHead() throws UpstreamException {
        int start = from;
        Step step = from < to ? parser.parse(buffer, start, to) : Step.NEED_MORE;
        while (step == Step.NEED_MORE) {
            if (!fill()) {
                throw broken(null);
            }
            step = parser.parse(buffer, start, to);
        }
        if (step == Step.FAULT) {
            throw invalid(parser.fault());
        }
        from = parser.headEnd();
        return parser.head();
    }

    /** Whether the head read last was interim; if so, the next head follows. */
    public boolean interim() {
        return parser.interim();
    }

    /** Goes on to the head after an interim one. */
    public void nextHead(String method) {
        parser.reset(method);
    }

    public BodyFraming framing() {
        return parser.framing();
    }

    public long contentLength() {
        return parser.contentLength();
    }

    /** Starts on the content of the final response. */
    public void beginBody() {
        headSeen.set(true);
        readDeadline.clear();
        decoder.begin(parser.framing(), parser.contentLength());
        bodyDone = parser.framing() == BodyFraming.NONE;
    }

    /**
     * Hands on what has been read of the content, without waiting.
     *
     * @return whether the content is at its end
     */
    public boolean drain(BodyDecoder.ContentSink sink) throws IOException {
        if (bodyDone) {
            return true;
        }
        // Also asked without bytes: a content of length 0 has ended.
        Step step = decoder.decode(buffer, from, to, sink);
        from += decoder.consumed();
        return settle(step);
    }

    private boolean settle(Step step) throws UpstreamException {
        if (step == Step.FAULT) {
            throw invalid(decoder.fault());
        }
        bodyDone = step == Step.DONE;
        return bodyDone;
    }

    /**
     * Waits for more of the content, or for the end of the connection where that is its end. What {@link #drain} handed
     * on is overwritten.
     */
    public void readMore(Duration limit) throws UpstreamException {
        if (from == to) {
            makeRoom();
        }
        readDeadline.set(limit);
        boolean more = fill();
        readDeadline.clear();
        if (!more) {
            settle(decoder.endOfStream());
        }
    }

    /** The decoder, for its trailers after the end. */
    public BodyDecoder decoder() {
        return decoder;
    }

    /** The head lies at the start of the buffer and its fields are still in use: content goes behind it. */
    private void makeRoom() {
        int head = parser.headEnd();
        if (buffer.length < head + BUFFER_BYTES) {
            buffer = Arrays.copyOf(buffer, head + BUFFER_BYTES);
        }
        from = head;
        to = head;
    }

    private boolean fill() throws UpstreamException {
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        try {
            int read = link.in().read(buffer, to, buffer.length - to);
            sawResponseByte |= read > 0;
            to += Math.max(read, 0);
            return read >= 0;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private UpstreamException broken(@Nullable IOException cause) {
        faulty = true;
        if (readDeadline.hasPassed()) {
            return new UpstreamException(504, "upstream_timeout", "The upstream did not answer in time.");
        }
        var message = "The upstream closed the connection before the end of its response.";
        return lost(cause == null ? "upstream_closed" : "upstream_reset", message, cause);
    }

    /** Of a connection through an agent nobody can say which of its two halves broke. */
    private UpstreamException lost(String code, String message, @Nullable IOException cause) {
        AgentName agent = link.agent();
        return agent == null
                ? new UpstreamException(502, code, message, cause)
                : new UpstreamException(
                        502,
                        "agent_lost",
                        "The connection to agent '" + agent + "' broke off under this call, which may have had its"
                                + " effect; look whether it did before sending it again.",
                        cause);
    }

    private UpstreamException invalid(WireFault fault) {
        faulty = true;
        return new UpstreamException(502, fault.code(), "The upstream's response is not valid HTTP: " + fault.detail());
    }

    /** Whether any byte of a response was seen: without one, a request that may be repeated may be sent again. */
    public boolean sawResponseByte() {
        return sawResponseByte;
    }

    /** Whether the upstream keeps the connection for another request, by what its response says. */
    public boolean isReusable() {
        return parser.reusable();
    }

    boolean endedCleanly() {
        return bodyDone
                && !faulty
                && !leaving
                && parser.reusable()
                && from == to
                && !readDeadline.hasPassed()
                && !writeDeadline.hasPassed();
    }

    /** Lets go of what an idle connection does not need. */
    void rest() {
        idleSince = deadlines.now();
        from = 0;
        to = 0;
        readDeadline.clear();
        if (buffer.length > 2 * BUFFER_BYTES) {
            buffer = new byte[FIRST_BUFFER_BYTES];
        }
    }

    /** Notes which certificate of ours it was made with. */
    void madeWith(String certificate) {
        madeWith = certificate;
    }

    String madeWith() {
        return madeWith;
    }

    long idleSince() {
        return idleSince;
    }

    /** Whether nothing has come in since the last response: neither a byte nor an end. Never blocks. */
    boolean isSilent() {
        return link.isSilent();
    }

    /** Whether the agent at its other end has said that it is about to stop. */
    boolean isLeaving() {
        return leaving;
    }

    Link link() {
        return link;
    }

    @Override
    public void close() {
        readDeadline.close();
        writeDeadline.close();
        link.close();
    }
}
