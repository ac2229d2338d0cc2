// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * Parses response heads (RFC 9112 sections 4 and 5), one after the other on one connection. Owned by the thread that
 * serves the exchange. Every fault has status 502.
 */
public final class ResponseParser extends HeadParser {
    private enum State {
        STATUS_LINE,
        REASON,
        LINE_LF
    }

    private static final String VERSION = "HTTP/1.";
    private static final int MINOR_AT = 7;
    private static final int STATUS_AT = MINOR_AT + 2;
    private static final int STATUS_END = STATUS_AT + 3;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final Head head = new Head();
    private State state = State.STATUS_LINE;
    private boolean toHead;
    private boolean toUpgrade;
    private int lineStart;
    private int reasonStart;
    private int reasonEnd;
    private int status;
    private boolean versionOne;

    public ResponseParser(WireLimits limits) {
        super(limits);
    }

    /**
     * Forgets the message, interim or final; what {@link #head} gave is no longer valid.
     *
     * @param requestMethod the method that the next response answers: a response to HEAD has no content
     */
    public void reset(String requestMethod) {
        toHead = requestMethod.equals("HEAD");
        toUpgrade = false;
        restart();
    }

    /** The same for the response to a request to upgrade the connection: it may be 101, which is then final. */
    public void resetForUpgrade() {
        reset("GET");
        toUpgrade = true;
    }

    @Override
    void beginStartLine() {
        lineStart = position;
        state = State.STATUS_LINE;
    }

    @Override
    void parseStartLine(byte[] buffer, int end) {
        switch (state) {
            case STATUS_LINE -> readStatusLine(buffer[position], position - lineStart);
            case REASON -> scanReason(buffer, end);
            case LINE_LF -> endLine(buffer[position]);
        }
    }

    /**
     * {@code HTTP/1.1 SP 200} and the byte after it; a space starts the reason, which may be missing with its
     * space.
     */
    private void readStatusLine(byte octet, int place) {
        boolean fits = switch (place) {
            case MINOR_AT -> octet == '0' || octet == '1';
            case MINOR_AT + 1 -> octet == Octets.SP;
            case STATUS_AT -> octet >= '1' && octet <= '5';
            case STATUS_AT + 1, STATUS_AT + 2 -> Octets.isDigit(octet);
            case STATUS_END -> octet == Octets.SP || octet == Octets.CR;
            default -> octet == VERSION.charAt(place);
        };
        if (!fits) {
            refuse(octet == Octets.LF ? WireFaults.LINE_ENDING_INVALID : WireFaults.STATUS_LINE_MALFORMED);
            return;
        }
        if (place == MINOR_AT) {
            versionOne = octet == '1';
            status = 0;
        } else if (place >= STATUS_AT && place < STATUS_END) {
            status = status * 10 + (octet - '0');
        }
        position++;
        if (place == STATUS_END) {
            reasonStart = position;
            reasonEnd = position;
            state = octet == Octets.CR ? State.LINE_LF : State.REASON;
        }
    }

    private void scanReason(byte[] buffer, int end) {
        int lineLimit = lineStart + limits.requestLineBytes();
        int until = Math.min(end, lineLimit);
        int at = position;
        while (at < until && Octets.isText(buffer[at])) {
            at++;
        }
        position = at;
        if (at == end) {
            return;
        }
        if (buffer[at] == Octets.CR) {
            reasonEnd = at;
            position = at + 1;
            state = State.LINE_LF;
        } else if (at == lineLimit) {
            refuse(WireFaults.STATUS_LINE_TOO_LONG);
        } else {
            refuse(buffer[at] == Octets.LF ? WireFaults.LINE_ENDING_INVALID : WireFaults.STATUS_LINE_MALFORMED);
        }
    }

    private void endLine(byte octet) {
        if (octet != Octets.LF) {
            refuse(WireFaults.LINE_ENDING_INVALID);
            return;
        }
        position++;
        endStartLine();
    }

    @Override
    @Nullable
    WireFault controlFault() {
        if (status == SWITCHING_PROTOCOLS && !toUpgrade) {
            return WireFaults.UPGRADE_UNASKED;
        }
        if (status < 200 && controls.isFramed()) {
            return WireFaults.FRAMING_UNEXPECTED;
        }
        if (!versionOne && controls.isChunked()) {
            return WireFaults.TRANSFER_ENCODING_INVALID;
        }
        return controls.framingFault();
    }

    @Override
    void refuse(WireFault why) {
        super.refuse(why.ofUpstream());
    }

    /** A view over the buffer, valid until {@link #reset} and as long as the buffer's bytes stay. */
    public ResponseHead head() {
        checkDone();
        return head;
    }

    /** Whether another response head follows: 1xx, but not 101, which is final, or a fault where nobody asked. */
    public boolean interim() {
        checkDone();
        return status < 200 && status != SWITCHING_PROTOCOLS;
    }

    /** How the end of the content is known; NONE for interim responses, 204, 304 and those to HEAD. */
    public BodyFraming framing() {
        checkDone();
        if (hasNoContent()) {
            return BodyFraming.NONE;
        }
        if (controls.isChunked()) {
            return BodyFraming.CHUNKED;
        }
        return controls.contentLength() < 0 ? BodyFraming.UNTIL_CLOSE : BodyFraming.LENGTH;
    }

    /**
     * The number in Content-Length; -1 when there is none. A response to HEAD and a 304 may have it without having
     * content: it is to be sent on. Of a 204, which must not have it, it is never told.
     */
    public long contentLength() {
        checkDone();
        return status == NO_CONTENT ? -1 : controls.contentLength();
    }

    /** Whether the connection may carry another exchange once the content was read to its end. */
    public boolean reusable() {
        checkDone();
        boolean doubtful = controls.isConnectionMalformed() || (status == NO_CONTENT && controls.isFramed());
        return versionOne && !controls.isClose() && !doubtful && framing() != BodyFraming.UNTIL_CLOSE;
    }

    private boolean hasNoContent() {
        return toHead || status < 200 || status == NO_CONTENT || status == NOT_MODIFIED;
    }

    /** The view; it asks the parser, which is the one that knows the buffer. */
    private final class Head implements ResponseHead {
        private String reason = "";

        @Override
        public int status() {
            checkDone();
            return status;
        }

        @Override
        public String reason() {
            checkDone();
            if (!Octets.isExactly(reason, fields.bytes(), reasonStart, reasonEnd)) {
                reason = new String(fields.bytes(), reasonStart, reasonEnd - reasonStart, ISO_8859_1);
            }
            return reason;
        }

        @Override
        public Fields fields() {
            checkDone();
            return fields;
        }
    }
}
