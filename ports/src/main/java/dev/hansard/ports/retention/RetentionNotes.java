// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to survive the process for removals to be brought to their end, and for a clock to be trusted. Durable when
 * a method returns. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface RetentionNotes {
    /**
     * Notes that a removal begins.
     *
     * @return its number, for {@link #end}
     */
    long begin(Removal removal);

    /** Notes that a removal has ended. */
    void end(long number);

    /** Removals that began and have not ended, the oldest first. */
    List<Open> open();

    /** The time that was last kept; null when none was. */
    @Nullable
    Instant mark();

    /** Keeps the time, to be compared with after a restart. */
    void mark(Instant time);

    /**
     * A removal.
     *
     * @param segment its key
     * @param cause why
     * @param session the one that goes, when it is only one; null for all that are not held
     * @since 0.1
     */
    record Removal(String segment, Cause cause, @Nullable SessionId session) {}

    /**
     * A removal that has not ended.
     *
     * @since 0.1
     */
    record Open(long number, Removal removal) {}
}
