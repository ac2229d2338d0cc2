// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

/** How the end of a message's content is known (RFC 9112 section 6.3). */
public enum BodyFraming {
    /** There is no content, whatever the fields say. */
    NONE,
    /** Content-Length says how many bytes there are. */
    LENGTH,
    /** The chunked transfer coding says it. */
    CHUNKED,
    /** The end of the connection is the end of the content; only responses can have this. */
    UNTIL_CLOSE
}
