// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import dev.hansard.ports.value.InvalidValueException;

/**
 * The limits of one message, in bytes where nothing else is said. Reaching one is a fault with a status of its own.
 *
 * @param requestLineBytes longest request line or status line, without its CRLF (414)
 * @param fieldLineBytes longest field line, without its CRLF (431)
 * @param headBytes longest head, with the empty line that ends it (431)
 * @param fieldCount most fields of a head or a trailer section (431)
 * @param chunkExtensionBytes longest extension of one chunk, counted from its semicolon (400)
 * @param trailerBytes longest trailer section, with the empty line that ends it (431)
 */
public record WireLimits(
        int requestLineBytes,
        int fieldLineBytes,
        int headBytes,
        int fieldCount,
        int chunkExtensionBytes,
        int trailerBytes) {
    public static final WireLimits DEFAULT = new WireLimits(8_192, 16_384, 32_768, 100, 256, 8_192);

    /** Room for any method with a short target, so that no legal line is refused before it could be judged. */
    private static final int LEAST_REQUEST_LINE = 64;

    /** An empty line before the request line, and the CRLF that ends that line. */
    private static final int LINE_ENDS = 4;

    public WireLimits {
        if (requestLineBytes < LEAST_REQUEST_LINE || headBytes - LINE_ENDS < requestLineBytes) {
            throw new InvalidValueException("the request line limit must be at least " + LEAST_REQUEST_LINE
                    + " and " + LINE_ENDS + " less than the head limit of " + headBytes + ", but is "
                    + requestLineBytes);
        }
        if (fieldLineBytes < 1 || fieldCount < 1 || chunkExtensionBytes < 0 || trailerBytes < 2) {
            throw new InvalidValueException("limits of fields, chunk extensions and trailers must be positive, but are "
                    + fieldLineBytes + ", " + fieldCount + ", " + chunkExtensionBytes + ", " + trailerBytes);
        }
    }
}
