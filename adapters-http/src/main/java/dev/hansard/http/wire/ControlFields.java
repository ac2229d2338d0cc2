// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import org.jspecify.annotations.Nullable;

/**
 * Reads the fields that steer the connection itself: Content-Length, Transfer-Encoding, Host, Connection, Expect. One
 * per parser, used again for each message.
 */
final class ControlFields {
    static final String CONTENT_LENGTH = "content-length";
    static final String TRANSFER_ENCODING = "transfer-encoding";
    static final String HOST = "host";
    private static final String CONNECTION = "connection";
    private static final String EXPECT = "expect";
    private static final String CHUNKED = "chunked";

    /** 18 digits always fit a long; RFC 9110 section 8.6 asks to expect overflows. */
    private static final int LENGTH_DIGITS = 18;

    private static final int NONE = -1;

    private final FieldSection fields;
    private int lengthAt;
    private int lengths;
    private int codingAt;
    private int codings;
    private int hostAt;
    private int hosts;
    private int expectAt;
    private int expects;
    private boolean connectionMalformed;
    private boolean close;
    private long contentLength;

    ControlFields(FieldSection fields) {
        this.fields = fields;
    }

    /** Finds the fields. The length of a name tells most of them apart at no cost. */
    void read() {
        lengths = 0;
        codings = 0;
        hosts = 0;
        expects = 0;
        close = false;
        connectionMalformed = false;
        contentLength = NONE;
        for (int index = 0; index < fields.count(); index++) {
            switch (fields.nameEnd(index) - fields.nameStart(index)) {
                case 4 -> readHost(index);
                case 6 -> readExpect(index);
                case 10 -> readConnection(index);
                case 14 -> readLength(index);
                case 17 -> readCoding(index);
                default -> {}
            }
        }
    }

    private void readHost(int index) {
        if (fields.isNamed(index, HOST)) {
            hostAt = index;
            hosts++;
        }
    }

    private void readExpect(int index) {
        if (fields.isNamed(index, EXPECT)) {
            expectAt = index;
            expects++;
        }
    }

    private void readLength(int index) {
        if (fields.isNamed(index, CONTENT_LENGTH)) {
            lengthAt = index;
            lengths++;
        }
    }

    private void readCoding(int index) {
        if (fields.isNamed(index, TRANSFER_ENCODING)) {
            codingAt = index;
            codings++;
        }
    }

    /** A list of tokens (RFC 9110 section 7.6.1); its empty elements mean nothing (section 5.6.1.2). */
    private void readConnection(int index) {
        if (!fields.isNamed(index, CONNECTION)) {
            return;
        }
        int end = fields.valueEnd(index);
        for (int from = fields.valueStart(index); from < end; from = elementEnd(from, end) + 1) {
            int start = skipBlanks(from, end);
            int stop = trimBlanks(start, elementEnd(from, end));
            connectionMalformed |= !isToken(start, stop);
            close |= Octets.equalsIgnoreCase(fields.bytes(), start, stop, "close");
        }
    }

    /** What is wrong with the framing; null when it is clear. */
    @Nullable
    WireFault framingFault() {
        if (lengths > 0 && codings > 0) {
            return WireFaults.FRAMING_CONFLICT;
        }
        if (lengths > 1) {
            return WireFaults.CONTENT_LENGTH_REPEATED;
        }
        if (codings > 1) {
            return WireFaults.TRANSFER_ENCODING_INVALID;
        }
        if (codings == 1) {
            return codingFault();
        }
        return lengths == 1 ? lengthFault() : null;
    }

    private @Nullable WireFault lengthFault() {
        int from = fields.valueStart(lengthAt);
        int to = fields.valueEnd(lengthAt);
        if (from == to || to - from > LENGTH_DIGITS) {
            return WireFaults.CONTENT_LENGTH_INVALID;
        }
        long value = 0;
        for (int at = from; at < to; at++) {
            byte octet = fields.bytes()[at];
            if (!Octets.isDigit(octet)) {
                return WireFaults.CONTENT_LENGTH_INVALID;
            }
            value = value * 10 + (octet - '0');
        }
        contentLength = value;
        return null;
    }

    /**
     * Only one {@code chunked} is understood. Something else before a final {@code chunked} has a framing that we
     * could follow but a coding that we cannot (501, RFC 9112 section 6.1); without it there is no framing (400,
     * section 6.3).
     */
    private @Nullable WireFault codingFault() {
        int from = fields.valueStart(codingAt);
        int end = fields.valueEnd(codingAt);
        if (Octets.equalsIgnoreCase(fields.bytes(), from, end, CHUNKED)) {
            return null;
        }
        int chunked = 0;
        boolean lastIsChunked = false;
        boolean wellFormed = from < end && fields.bytes()[end - 1] != ',';
        while (from < end) {
            int start = skipBlanks(from, end);
            int stop = trimBlanks(start, elementEnd(from, end));
            wellFormed &= start < stop && isToken(start, stop);
            lastIsChunked = Octets.equalsIgnoreCase(fields.bytes(), start, stop, CHUNKED);
            chunked += lastIsChunked ? 1 : 0;
            from = elementEnd(from, end) + 1;
        }
        boolean otherThenChunked = wellFormed && lastIsChunked && chunked == 1;
        return otherThenChunked ? WireFaults.TRANSFER_CODING_UNSUPPORTED : WireFaults.TRANSFER_ENCODING_INVALID;
    }

    @Nullable
    WireFault hostFault() {
        if (hosts != 1) {
            return hosts == 0 ? WireFaults.HOST_MISSING : WireFaults.HOST_REPEATED;
        }
        boolean valid = HostSyntax.isValid(fields.bytes(), fields.valueStart(hostAt), fields.valueEnd(hostAt));
        return valid ? null : WireFaults.HOST_INVALID;
    }

    @Nullable
    WireFault expectFault() {
        return expects == 0 || isContinueExpected() ? null : WireFaults.EXPECTATION_FAILED;
    }

    boolean isContinueExpected() {
        return expects == 1
                && Octets.equalsIgnoreCase(
                        fields.bytes(), fields.valueStart(expectAt), fields.valueEnd(expectAt), "100-continue");
    }

    boolean isConnectionMalformed() {
        return connectionMalformed;
    }

    boolean isClose() {
        return close;
    }

    boolean isChunked() {
        return codings == 1;
    }

    boolean isFramed() {
        return codings > 0 || lengths > 0;
    }

    /** The number in Content-Length; -1 when there is none. */
    long contentLength() {
        return contentLength;
    }

    private int elementEnd(int from, int end) {
        int at = from;
        while (at < end && fields.bytes()[at] != ',') {
            at++;
        }
        return at;
    }

    private int skipBlanks(int from, int end) {
        int at = from;
        while (at < end && Octets.isBlank(fields.bytes()[at])) {
            at++;
        }
        return at;
    }

    private int trimBlanks(int from, int end) {
        int at = end;
        while (at > from && Octets.isBlank(fields.bytes()[at - 1])) {
            at--;
        }
        return at;
    }

    private boolean isToken(int from, int to) {
        for (int at = from; at < to; at++) {
            if (!Octets.isToken(fields.bytes()[at])) {
                return false;
            }
        }
        return true;
    }
}
