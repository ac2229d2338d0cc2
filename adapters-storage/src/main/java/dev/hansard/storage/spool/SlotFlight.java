// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Spool;
import dev.hansard.ports.value.SessionId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call in flight. The call's thread owns it until it completes or discards it; then the writer does, which frees the
 * slot once the record is durable.
 */
final class SlotFlight implements Spool.Flight {
    private final SessionId id;
    private final FlightTable table;
    private final int slot;
    private final Consumer<SlotFlight> discarded;
    private boolean ended;

    /**
     * @param slot -1 when the table was full: then nothing is kept
     * @param discarded told when the call was given up
     */
    SlotFlight(SessionId id, FlightTable table, int slot, Consumer<SlotFlight> discarded) {
        this.id = id;
        this.table = table;
        this.slot = slot;
        this.discarded = discarded;
    }

    SessionId id() {
        return id;
    }

    @Override
    public void progress(long requestBytes, long responseBytes) {
        if (slot >= 0 && !ended) {
            table.progress(slot, requestBytes, responseBytes);
        }
    }

    @Override
    public void discard() {
        if (!ended) {
            ended = true;
            discarded.accept(this);
        }
    }

    /**
     * No more progress is taken: the slot may soon be another call's. The answer says whether this was the first end.
     */
    boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    /** What the slot says; null when there is none. */
    FlightTable.@Nullable Note note() {
        return slot < 0 ? null : table.read(slot);
    }

    /** Frees the slot. */
    void release() {
        if (slot >= 0) {
            table.release(slot);
        }
    }
}
