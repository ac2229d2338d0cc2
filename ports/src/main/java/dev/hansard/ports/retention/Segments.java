// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The segments that are stored, and the only way in which any of them goes. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface Segments {
    /** Most segments of one {@link #list}. */
    int MAX_LIST = 1000;

    /**
     * Segments whose key comes after one, in the order of their keys. What else lies in the store is passed over.
     *
     * @param after a key; empty to start
     * @throws dev.hansard.ports.session.StorageException when the store cannot be listed
     */
    Page list(String after);

    /**
     * How large a segment is; null when it is not there any more.
     *
     * @throws dev.hansard.ports.session.StorageException when the store does not say
     */
    @Nullable
    Size size(Segment segment);

    /**
     * The records of a segment, in order; empty when it is not there any more.
     *
     * @throws dev.hansard.ports.session.StorageException when it cannot be read
     */
    List<CatalogEntry> records(Segment segment);

    /**
     * Removes the sessions of a segment but for some. Where some stay they are stored as a segment of their own, byte
     * for byte, before the old one goes, and the catalog points to them. The rows of those that go are left in the
     * catalog for the caller to forget; or, when they are to stay, stored as a segment of rows first, so that a catalog
     * that is rebuilt has them again, and the catalog points there. It may be done again after it was killed on the
     * way; what is gone already stays so.
     *
     * @return where those that stay lie now; null when none stay
     * @throws dev.hansard.ports.session.StorageException when it could not be done; then nothing that was to stay is
     *     lost
     */
    @Nullable
    Segment remove(Segment segment, Predicate<SessionId> stays, Rows rows);

    /** The same, where nothing is left of what goes. */
    default @Nullable Segment remove(Segment segment, Predicate<SessionId> stays) {
        return remove(segment, stays, Rows.GO);
    }

    /**
     * What becomes of the rows of sessions whose records go.
     *
     * @since 0.1
     */
    enum Rows {
        GO,
        STAY
    }

    /**
     * What the server of the payload store keeps a segment by, against us too.
     *
     * @return null where it keeps none, or the segment is not there any more
     * @throws dev.hansard.ports.session.StorageException when the store does not say
     */
    @Nullable
    Lock lock(Segment segment);

    /** Whether {@link #hold} has any effect. */
    boolean canHold();

    /**
     * Places or lifts the server's own legal hold on a segment; does nothing where it has none, or the segment has
     * gone.
     *
     * @throws dev.hansard.ports.session.StorageException when the store refuses
     */
    void hold(Segment segment, boolean held);

    /**
     * What an object is kept by.
     *
     * @param until the end of its retention; null when it has none
     * @param isHeld whether it is under a legal hold of the server's
     * @since 0.1
     */
    record Lock(@Nullable Instant until, boolean isHeld) {}

    /** Whether the records of a session in a segment are encrypted by a key that nothing else is encrypted by. */
    default boolean hasOwnKey(Segment segment, SessionId id) {
        return false;
    }

    /**
     * Destroys that key: the records are unreadable then, in every copy of the segment, and not a byte of it changes.
     * May be done again.
     *
     * @throws dev.hansard.ports.session.StorageException when it may still be there
     */
    default void shred(Segment segment, SessionId id) {
        throw new IllegalStateException("sessions of " + segment.key() + " have no keys of their own");
    }

    /**
     * Stores what is still in the spool as segments; returns when that is done.
     *
     * @throws dev.hansard.ports.session.StorageException when it is not done in time
     */
    void settle();

    /**
     * Some segments and the way to the next.
     *
     * @param next what {@code after} must be to go on; null when there are no more
     * @since 0.1
     */
    record Page(List<Segment> segments, @Nullable String next) {
        public Page {
            segments = List.copyOf(segments);
        }
    }

    /**
     * How large a segment is.
     *
     * @param records how many it holds; -1 when its end is damaged, so that it has to be read to know
     * @since 0.1
     */
    record Size(long bytes, long records) {}
}
