// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * Parses request heads (RFC 9112 sections 3 and 5), one after the other on one connection. Owned by the thread that
 * serves the connection.
 */
public final class RequestParser extends HeadParser {
    private enum State {
        MESSAGE_START,
        EMPTY_LINE_LF,
        METHOD,
        TARGET,
        VERSION
    }

    /** The longest method registered with IANA has 17 letters; a longer one than this gets 501 (RFC 9112 section 3). */
    private static final int METHOD_BYTES = 32;

    private static final String VERSION = "HTTP/";
    private static final int MAJOR_AT = 5;
    private static final int MINOR_AT = MAJOR_AT + 2;

    private final Head head = new Head();
    private State state = State.MESSAGE_START;
    private int lineStart;
    private int methodEnd;
    private int targetEnd;

    public RequestParser(WireLimits limits) {
        super(limits);
    }

    /** Forgets the message; what {@link #head} gave is no longer valid. */
    public void reset() {
        restart();
        head.methodRead = false;
        head.target = null;
    }

    @Override
    void beginStartLine() {
        state = State.MESSAGE_START;
    }

    @Override
    void parseStartLine(byte[] buffer, int end) {
        switch (state) {
            case MESSAGE_START -> startMessage(buffer[position]);
            case EMPTY_LINE_LF -> endEmptyLine(buffer[position]);
            case METHOD -> scanMethod(buffer, end);
            case TARGET -> scanTarget(buffer, end);
            case VERSION -> readVersion(buffer);
        }
    }

    /** One empty line is skipped: some clients send one too many after a body (RFC 9112 section 2.2). */
    private void startMessage(byte octet) {
        if (octet == Octets.CR) {
            state = State.EMPTY_LINE_LF;
            position++;
        } else {
            startLine();
        }
    }

    private void endEmptyLine(byte octet) {
        if (octet == Octets.LF) {
            position++;
            startLine();
        } else {
            refuse(WireFaults.LINE_ENDING_INVALID);
        }
    }

    private void startLine() {
        lineStart = position;
        state = State.METHOD;
    }

    private void scanMethod(byte[] buffer, int end) {
        int longest = lineStart + METHOD_BYTES;
        int until = Math.min(end, longest);
        int at = position;
        while (at < until && Octets.isToken(buffer[at])) {
            at++;
        }
        position = at;
        if (at == end) {
            return;
        }
        if (at == longest && Octets.isToken(buffer[at])) {
            refuse(WireFaults.METHOD_TOO_LONG);
        } else if (buffer[at] != Octets.SP || at == lineStart) {
            refuse(WireFaults.REQUEST_LINE_MALFORMED);
        } else {
            methodEnd = at;
            position = at + 1;
            state = State.TARGET;
        }
    }

    private void scanTarget(byte[] buffer, int end) {
        int lineLimit = lineStart + limits.requestLineBytes();
        int until = Math.min(end, lineLimit);
        int at = position;
        while (at < until && Octets.isTarget(buffer[at])) {
            at++;
        }
        position = at;
        if (at == end) {
            return;
        }
        if (at == lineLimit) {
            refuse(WireFaults.REQUEST_LINE_TOO_LONG);
        } else if (buffer[at] != Octets.SP || at == methodEnd + 1) {
            refuse(WireFaults.REQUEST_LINE_MALFORMED);
        } else {
            targetEnd = at;
            position = at + 1;
            state = State.VERSION;
        }
    }

    /** {@code HTTP/1.1 CR LF}, byte by byte: it is short, and each place has its own alphabet. */
    private void readVersion(byte[] buffer) {
        byte octet = buffer[position];
        int place = position - targetEnd - 1;
        if (place <= MINOR_AT + 1 && position >= lineStart + limits.requestLineBytes() && octet != Octets.CR) {
            refuse(WireFaults.REQUEST_LINE_TOO_LONG);
            return;
        }
        boolean fits = switch (place) {
            case MAJOR_AT, MINOR_AT -> Octets.isDigit(octet);
            case MAJOR_AT + 1 -> octet == '.';
            case MINOR_AT + 1 -> octet == Octets.CR;
            case MINOR_AT + 2 -> octet == Octets.LF;
            default -> octet == VERSION.charAt(place);
        };
        if (!fits) {
            boolean lineEnd = place == MINOR_AT + 2 || octet == Octets.LF;
            refuse(lineEnd ? WireFaults.LINE_ENDING_INVALID : WireFaults.REQUEST_LINE_MALFORMED);
            return;
        }
        position++;
        if (place == MINOR_AT + 2) {
            endLine(buffer);
        }
    }

    private void endLine(byte[] buffer) {
        int version = targetEnd + 1;
        if (buffer[version + MAJOR_AT] != '1' || buffer[version + MINOR_AT] != '1') {
            refuse(WireFaults.VERSION_UNSUPPORTED);
            return;
        }
        endStartLine();
    }

    @Override
    @Nullable
    WireFault controlFault() {
        WireFault framing = controls.framingFault();
        if (framing != null) {
            return framing;
        }
        WireFault host = controls.hostFault();
        if (host != null) {
            return host;
        }
        return controls.isConnectionMalformed() ? WireFaults.CONNECTION_INVALID : controls.expectFault();
    }

    /** A view over the buffer, valid until {@link #reset} and as long as the buffer's bytes stay. */
    public RequestHead head() {
        checkDone();
        return head;
    }

    /** NONE, LENGTH or CHUNKED. Any method may have content. */
    public BodyFraming framing() {
        checkDone();
        if (controls.isChunked()) {
            return BodyFraming.CHUNKED;
        }
        return controls.contentLength() < 0 ? BodyFraming.NONE : BodyFraming.LENGTH;
    }

    /** The number in Content-Length; -1 when there is none. */
    public long contentLength() {
        checkDone();
        return controls.contentLength();
    }

    /** Whether the caller will use the connection again. */
    public boolean keepAlive() {
        checkDone();
        return !controls.isClose();
    }

    /** Whether the caller waits for 100 (Continue) before it sends content; false when there will be none. */
    public boolean expectsContinue() {
        checkDone();
        return controls.isContinueExpected() && (controls.isChunked() || controls.contentLength() > 0);
    }

    /**
     * The view; it asks the parser, which is the one that knows the buffer. Method and target stay as they were
     * first read, even if the buffer is overwritten then. The text of the last method is kept, since the next is
     * most likely the same.
     */
    private final class Head implements RequestHead {
        private String method = "";
        private boolean methodRead;
        private @Nullable String target;

        @Override
        public String method() {
            checkDone();
            if (!methodRead && !Octets.isExactly(method, fields.bytes(), lineStart, methodEnd)) {
                method = new String(fields.bytes(), lineStart, methodEnd - lineStart, ISO_8859_1);
            }
            methodRead = true;
            return method;
        }

        @Override
        public String target() {
            checkDone();
            String known = target;
            if (known == null) {
                known = new String(fields.bytes(), methodEnd + 1, targetEnd - methodEnd - 1, ISO_8859_1);
                target = known;
            }
            return known;
        }

        @Override
        public Fields fields() {
            checkDone();
            return fields;
        }
    }
}
