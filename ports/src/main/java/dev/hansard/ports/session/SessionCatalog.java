// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.value.SessionId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The index over sessions. It can always be rebuilt from spool and segments. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface SessionCatalog extends AutoCloseable {
    /**
     * Adds entries and moves {@link #indexedUpTo} in one transaction. Idempotent: an entry whose session is there already
     * replaces its location and keeps its place, and a complete record replaces an incomplete one.
     *
     * @throws StorageException when it could not be stored; nothing of the batch is then there
     */
    void index(List<CatalogEntry> entries, SpoolPosition upTo);

    /** How far the spool has been indexed; {@link SpoolPosition#START} for an empty or rebuilt catalog. */
    SpoolPosition indexedUpTo();

    /** Points sessions to where their frames lie now. Unknown ids are ignored. */
    void relocate(List<Relocation> relocations);

    /**
     * The newest sessions first (by id, which holds the time).
     *
     * @param olderThan only sessions before this one; null to start with the newest
     * @param limit 1 to 1000
     */
    List<SessionSummary> list(SessionQuery query, @Nullable SessionId olderThan, int limit);

    Optional<CatalogEntry> find(SessionId id);

    /**
     * Entries after {@code sequence}, oldest first: the live tail.
     *
     * @param limit 1 to 1000
     */
    List<CatalogEntry> since(long sequence, SessionQuery query, int limit);

    /** The highest sequence indexed; 0 when there is none. */
    long lastSequence();

    /** Forgets everything, so that it can be indexed again. */
    void clear();

    @Override
    void close();

    /** A session and the new place of its frames. */
    record Relocation(SessionId id, FrameLocation location) {}
}
