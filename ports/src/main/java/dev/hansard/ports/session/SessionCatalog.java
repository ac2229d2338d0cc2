// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The index over sessions. It can always be rebuilt from spool and segments. Safe for any number of threads.
 *
 * <p>Several nodes may share one catalog. Then each opens it under its own name and has a position of its own, since
 * each indexes its own spool; what they index all of them find. The numbers of their records clash, so a shared catalog
 * numbers entries anew, in the order in which they came to it: the sequence of an entry that is given is its place
 * among the records of its node, that of an entry that comes back its place in the live tail of all nodes. Such numbers
 * become visible in their order, so that who has seen one has seen all below it. A new process under the name of a node
 * ends the right of an earlier one to index.
 *
 * @since 0.1
 */
public interface SessionCatalog extends AutoCloseable {
    /**
     * Adds entries and then moves {@link #indexedUpTo}. Idempotent: an entry whose session is there already takes its
     * place and keeps its sequence when it {@linkplain SessionSummary#replaces may replace} it, and is ignored
     * otherwise. A batch that is new comes into the live tail in the order of its sequences.
     *
     * @throws StorageException when it could not be stored; the position has not moved, and the batch is to be given
     *     again
     */
    void index(List<CatalogEntry> entries, SpoolPosition upTo);

    /**
     * How far the spool of this node has been indexed; {@link SpoolPosition#START} for an empty catalog, for one that
     * was not closed, and for one that cannot be asked: everything in the spool is then to be given again.
     */
    SpoolPosition indexedUpTo();

    /**
     * Points sessions to where their frames lie now, whether they are indexed already or come later. A name of a
     * container is never used for two.
     */
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

    /**
     * The highest sequence in the live tail; 0 when there was none. A shared catalog goes on from it when it is
     * cleared.
     */
    long lastSequence();

    /**
     * The highest sequence of a record of this node's that it has given: its next record gets a higher one. 0 when
     * there is none.
     */
    default long lastOfNode() {
        return lastSequence();
    }

    /**
     * One page of {@link #list}, and where to go on. A page may be shorter than asked, or empty, and still have a next
     * one: a catalog looks at a bounded number of sessions in one call. For callers that can hand a cursor out.
     */
    default Slice slice(SessionQuery query, @Nullable SessionId olderThan, int limit) {
        List<SessionSummary> items = list(query, olderThan, limit);
        return new Slice(items, items.size() < limit ? null : items.getLast().id());
    }

    /**
     * Forgets everything, so that it can be indexed again. Other nodes that share the catalog are told by
     * {@link #lostDays} to do so too.
     */
    void clear();

    /**
     * Forgets all sessions of these UTC days (of the ids), in a time that does not depend on how many they are. What is
     * indexed again comes back: so whoever forgets removes the frames first, and a day only once all its frames are
     * gone. Forgetting what is not there does nothing.
     *
     * @throws StorageException when it could not be done for all of them; do it again
     */
    void forgetDays(Set<LocalDate> days);

    /**
     * Forgets single sessions; as {@link #forgetDays}, but each costs its time.
     *
     * @return how many of them were there
     */
    int forget(Collection<SessionId> ids);

    /**
     * The UTC days (of the ids) whose entries were lost with an unclean stop or a damaged file, or because another node
     * cleared the catalog, until {@link #rebuilt}
     * names them: to be given again from spool and segments. May grow while the catalog runs.
     */
    default Set<LocalDate> lostDays() {
        return Set.of();
    }

    /**
     * Tells that everything of these days has been given again. A day that was lost once more since {@link #lostDays}
     * was last asked stays lost.
     */
    default void rebuilt(Set<LocalDate> days) {}

    /** The clock of the database's server; empty where that is no other machine. */
    default Optional<TimeWitness> clock() {
        return Optional.empty();
    }

    @Override
    void close();

    /**
     * Frames that were moved together.
     *
     * @param first whose frame is the first; the ids of all have its UTC day
     * @param from where they lay, without a gap
     * @param to where they lie now, in the same order and without a gap
     */
    record Relocation(SessionId first, FrameLocation from, FrameLocation to) {
        public Relocation {
            if (from.length() != to.length() || from.length() < 1) {
                throw new InvalidValueException("frames that are moved stay as long as they are, but are "
                        + from.length() + " and " + to.length() + " bytes");
            }
        }

        /** Whether that place is one of those that were moved. */
        public boolean has(FrameLocation place) {
            return place.container().equals(from.container())
                    && place.offset() >= from.offset()
                    && place.offset() < from.offset() + from.length();
        }

        /** Where what lay in that place lies now. */
        public FrameLocation moved(FrameLocation place) {
            return new FrameLocation(to.container(), to.offset() + (place.offset() - from.offset()), place.length());
        }
    }

    /**
     * Some sessions and the way to the next.
     *
     * @param next what {@code olderThan} must be to go on; null when there is nothing older
     */
    record Slice(List<SessionSummary> items, @Nullable SessionId next) {
        public Slice {
            items = List.copyOf(items);
        }
    }
}
