// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.http.problem.ProblemDocument;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.nio.charset.StandardCharsets;

/**
 * Answers HTTP/1.0, which Helidon closes without a word. Load balancers probe with it by default (HAProxy's {@code
 * option httpchk}, nginx), so the two probes are served; everything else gets 505. One answer, then the connection
 * closes.
 */
final class OldProbe {
    /** Longest request line, and longest head in lines, that are read before the answer. */
    static final int MAX_LINE = 8192;

    private static final int MAX_FIELDS = 100;
    private static final String OLD = " HTTP/1.0";

    private final NodeState node;

    OldProbe(NodeState node) {
        this.node = node;
    }

    /** Whether the first line of the connection says HTTP/1.0. Waits for that line and leaves it unread. */
    boolean isOld(DataReader reader) {
        try {
            int length = reader.findNewLine(MAX_LINE);
            return length > OLD.length()
                    && length < MAX_LINE
                    && reader.getBuffer(length).readString(length).endsWith(OLD);
        } catch (DataReader.IncorrectNewLineException _) {
            return false; // Helidon refuses it with the right answer.
        } catch (DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("The admin connection ended before a request", e);
        }
    }

    void answer(ConnectionContext context) {
        String line = readHead(context.dataReader());
        String target = line.startsWith("GET ") ? line.substring(4, line.length() - OLD.length()) : "";
        Answer answer = switch (target) {
            case NodeState.LIVE_PATH -> node.live();
            case NodeState.READY_PATH -> node.ready();
            default -> unsupported();
        };
        byte[] head = ("HTTP/1.1 " + answer.status() + " \r\nContent-Type: " + answer.mediaType()
                        + "\r\nContent-Length: "
                        + answer.length() + "\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
                        + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        context.dataWriter().writeNow(BufferData.create(head), BufferData.create(answer.content()));
    }

    private static Answer unsupported() {
        String detail = "HTTP/1.0 is served for " + NodeState.LIVE_PATH + " and " + NodeState.READY_PATH
                + " only; use HTTP/1.1.";
        return new Answer(
                505,
                ProblemDocument.MEDIA_TYPE,
                ProblemDocument.bytes(505, "http_version_not_supported", detail, null));
    }

    /** Reads the fields too: closing a socket with unread bytes would reset it and lose the answer. */
    private static String readHead(DataReader reader) {
        String first = readLine(reader);
        for (int fields = 0; fields < MAX_FIELDS && !readLine(reader).isEmpty(); ) {
            fields++;
        }
        return first;
    }

    private static String readLine(DataReader reader) {
        try {
            int length = reader.findNewLine(MAX_LINE);
            String line = reader.readAsciiString(length);
            reader.skip(length == MAX_LINE ? 0 : 2);
            return line;
        } catch (DataReader.IncorrectNewLineException | DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("The admin connection sent a broken head", e);
        }
    }
}
