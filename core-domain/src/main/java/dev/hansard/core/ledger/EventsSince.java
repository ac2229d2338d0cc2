// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.core.ledger.note.Checkpoint;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.core.ledger.tree.TileId;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.ledger.LedgerEntry.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a published ledger tells of the time since a checkpoint: what was decided about records. Older control data know
 * nothing of it.
 *
 * @param before how many leaves the checkpoint has
 * @param now how many are published
 * @param events the first of them; records are not among them
 */
public record EventsSince(long before, long now, List<Event> events) {
    /** More are not read. */
    public static final int MOST = 1_000;

    public EventsSince {
        events = List.copyOf(events);
    }

    /**
     * Reads them.
     *
     * @param checkpoint a signed note, whose signature is not looked at; empty for the beginning
     * @throws dev.hansard.ports.session.StorageException when a part of the ledger cannot be read
     * @throws dev.hansard.ports.value.InvalidValueException when that is no checkpoint
     */
    public static EventsSince read(PublishedLedger ledger, String checkpoint) {
        long before = checkpoint.isEmpty()
                ? 0
                : Checkpoint.parse(SignedNote.parse(checkpoint).text()).size();
        OptionalLong newest = ledger.newest();
        long now = newest.isEmpty() ? 0 : newest.getAsLong();
        var events = new ArrayList<Event>();
        long at = before;
        while (at < now && events.size() < MOST) {
            TileId bundle = TileId.holding(TileId.ENTRIES, at, now);
            List<byte[]> entries = ledger.entries(bundle);
            for (byte[] entry : entries.subList((int) (at - bundle.first()), entries.size())) {
                LedgerEntry decoded = EntryCodec.decode(entry);
                if (decoded instanceof Event event && events.size() < MOST) {
                    events.add(event);
                }
            }
            at = bundle.first() + entries.size();
        }
        return new EventsSince(before, now, events);
    }

    /** Whether the ledger is shorter than it was: the store is older than the checkpoint. */
    public boolean isTurnedBack() {
        return now < before;
    }
}
