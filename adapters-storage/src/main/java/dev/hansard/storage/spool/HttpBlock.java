// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import java.util.List;

/**
 * An HTTP/1.1 message as the block of a WARC record: start line, the field lines as they were sent, an empty line,
 * content. Content was recorded without its transfer coding; where the head says {@code chunked} it is written as one
 * chunk, so that others' tools read a legal message. A Content-Length stays as it was sent, even where the record
 * keeps less or was masked to another length: the record is faithful first.
 */
final class HttpBlock {
    private static final String CHUNKED = "chunked";

    private HttpBlock() {}

    static void startRequest(ByteSink out, Session session) {
        token(out, session.method());
        out.put(' ');
        token(out, session.receivedTarget());
        out.text(" HTTP/1.1").crlf();
    }

    static void startResponse(ByteSink out, Session session) {
        out.text("HTTP/1.1 ").decimal(Math.max(0, session.status()), 3).put(' ');
        line(out, session.reason());
        out.crlf();
    }

    /** Whether the content of the request has to be written as a chunk. */
    static boolean isChunkedRequest(Session session) {
        return isChunked(session.request());
    }

    /** The same of the response; some have no content whatever their head says (RFC 9112 section 6.3). */
    static boolean isChunkedResponse(Session session, long bodyLength) {
        int status = session.status();
        boolean never = session.method().equals("HEAD") || status < 200 || status == 204 || status == 304;
        return isChunked(session.response()) && (bodyLength > 0 || !never);
    }

    private static boolean isChunked(RecordedMessage message) {
        boolean chunked = false;
        for (Field field : message.headers()) {
            if (field.name().equalsIgnoreCase("transfer-encoding")) {
                chunked = field.value().equalsIgnoreCase(CHUNKED);
            }
        }
        return chunked;
    }

    /**
     * Writes field lines.
     *
     * @return whether they can be read back as they were
     */
    static boolean fields(ByteSink out, List<Field> fields) {
        return fields(out, fields, false);
    }

    /** As {@link #fields(ByteSink, List)}, without Content-Encoding where the content has been decoded. */
    static boolean fields(ByteSink out, List<Field> fields, boolean decoded) {
        boolean plain = true;
        for (Field field : fields) {
            if (decoded && field.name().equalsIgnoreCase("content-encoding")) {
                plain = false;
                continue;
            }
            plain &= line(out, field.name())
                    && !field.name().isEmpty()
                    && field.name().indexOf(':') < 0;
            out.put(':').put(' ');
            plain &= line(out, field.value());
            out.crlf();
        }
        return plain;
    }

    /** Ends the head, and begins the chunk where there is one. */
    static void endHead(ByteSink out, boolean chunked, long bodyLength) {
        out.crlf();
        if (chunked && bodyLength > 0) {
            out.text(Long.toHexString(bodyLength)).crlf();
        }
    }

    /** What follows the content. */
    static void tail(ByteSink out, boolean chunked, long bodyLength, List<Field> trailers) {
        if (chunked) {
            if (bodyLength > 0) {
                out.crlf();
            }
            out.put('0').crlf();
            fields(out, trailers);
            out.crlf();
        }
    }

    /** One char a byte; what would end the line or is no byte is replaced, and the answer is false. */
    private static boolean line(ByteSink out, String text) {
        boolean plain = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean safe = c != '\r' && c != '\n' && c != 0 && c <= 0xFF;
            out.put(safe ? c : '?');
            plain &= safe;
        }
        return plain;
    }

    private static void token(ByteSink out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.put(c > ' ' && c != 0x7F && c <= 0xFF ? c : '?');
        }
    }
}
