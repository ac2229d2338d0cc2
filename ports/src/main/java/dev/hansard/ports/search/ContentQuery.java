// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.search;

import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * What to search contents for.
 *
 * @param sessions which ones are looked at
 * @param phrase what the content of the request or of the response must have
 * @param from the newest session that is looked at; null to begin with the newest that there is
 * @param maxBytes most bytes of stored records that are read: behind them the search ends and says so
 * @since 0.1
 */
public record ContentQuery(
        SessionQuery sessions, Phrase phrase, @Nullable SessionId from, long maxBytes) {
    /** Bytes of records that one search reads unless told otherwise. */
    public static final long DEFAULT_BYTES = 256L * 1024 * 1024;

    /** Most bytes of records that one search may be told to read. */
    public static final long MAX_BYTES = 64L * 1024 * 1024 * 1024;

    public ContentQuery {
        if (maxBytes < 1 || maxBytes > MAX_BYTES) {
            throw new InvalidValueException(
                    "a search must read 1 to " + MAX_BYTES + " bytes of records, but is to read " + maxBytes);
        }
    }
}
