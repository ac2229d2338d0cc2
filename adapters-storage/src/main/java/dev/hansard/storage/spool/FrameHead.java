// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.value.SessionId;

/**
 * The fixed part of a frame's head.
 *
 * @param flags bits of {@link FrameFormat}
 * @param salt the same for all frames of one spool file, and not to be guessed
 * @param request where the request record is, and so on; empty when there is none
 * @param summaryLength bytes of the encoded summary
 */
record FrameHead(
        FrameKind kind,
        int flags,
        long salt,
        long sequence,
        SessionId id,
        Part request,
        Part response,
        Part metadata,
        int summaryLength) {

    /** One compressed record. */
    record Part(int length, int crc) {
        static final Part NONE = new Part(0, 0);
    }

    int headLength() {
        return FrameFormat.HEAD + summaryLength;
    }

    long frameLength() {
        return (long) headLength() + request.length() + response.length() + metadata.length();
    }

    long requestAt() {
        return headLength();
    }

    long responseAt() {
        return requestAt() + request.length();
    }

    long metadataAt() {
        return responseAt() + response.length();
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
