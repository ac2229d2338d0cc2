// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a list of sessions goes on. To its holder it is opaque: base64url of a version, the hash of the query it
 * belongs to, the time that the query's relative times count from, and the last session seen. It grants nothing that
 * the query would not, so it is not signed; the hash only catches a cursor that was mixed up.
 *
 * @param queryHash hash of the query's text
 * @param now the time of the first page, so that {@code after:2h} means the same on every page; in whole milliseconds
 * @param last the sessions before this one follow
 */
record PageCursor(long queryHash, Instant now, SessionId last) {
    private static final byte VERSION = 1;
    private static final int LENGTH = 1 + 4 * Long.BYTES;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    // Day 9999-12-31 is as far as a time in a query goes.
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    /** FNV-1a over the characters. */
    static long hashOf(String query) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < query.length(); i++) {
            hash = (hash ^ query.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /**
     * Reads a cursor back.
     *
     * @throws InvalidQueryException when it is not one, or belongs to another query
     */
    static PageCursor read(String text, String query) {
        byte[] bytes = decoded(text);
        if (bytes.length != LENGTH || bytes[0] != VERSION) {
            throw notACursor();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
        long hash = buffer.getLong();
        long millis = buffer.getLong();
        if (hash != hashOf(query)) {
            throw new InvalidQueryException(
                    "the cursor belongs to another query; go on with the query of the first page", 0);
        }
        if (millis < 0 || millis > MAX_MILLIS) {
            throw notACursor();
        }
        try {
            var last = new SessionId(buffer.getLong(), buffer.getLong());
            return new PageCursor(hash, Instant.ofEpochMilli(millis), last);
        } catch (InvalidValueException _) {
            throw notACursor();
        }
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw notACursor();
        }
    }

    private static InvalidQueryException notACursor() {
        return new InvalidQueryException(
                "the cursor is not one that a page gave; leave it out to start with the newest", 0);
    }

    @Override
    public String toString() {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .putLong(queryHash)
                .putLong(now.toEpochMilli())
                .putLong(last.high())
                .putLong(last.low());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }
}
