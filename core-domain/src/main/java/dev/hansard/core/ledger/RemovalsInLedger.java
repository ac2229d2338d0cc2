// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.ledger.LedgerEntry.Event;
import dev.hansard.ports.ledger.LedgerEntry.EventKind;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.HoldEvent;
import dev.hansard.ports.retention.RetentionEvidence;
import dev.hansard.ports.value.NodeName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Enters in the ledger of this node what goes, before it goes, and what happens to holds. Records of another node that
 * this one removes are named in words: they are not in its order of records, so that its own ledger does not explain
 * their absence to whoever verifies that other node.
 */
public final class RemovalsInLedger implements RetentionEvidence {
    private final MerkleLedger ledger;
    private final NodeName node;
    private final InstantSource clock;

    /** Of the node whose ledger it is. */
    public RemovalsInLedger(MerkleLedger ledger, NodeName node, InstantSource clock) {
        this.ledger = ledger;
        this.node = node;
        this.clock = clock;
    }

    @Override
    public void removing(Removing removing) {
        List<LedgerEntry.Range> ours = new ArrayList<>();
        var others = new StringBuilder();
        for (Range range : removing.records()) {
            if (range.node().equals(node)) {
                ours.add(new LedgerEntry.Range(range.first(), range.last()));
            } else {
                others.append(others.isEmpty() ? "; of " : ", ").append(range.node());
                others.append(' ').append(range.first()).append('-').append(range.last());
            }
        }
        String detail = removing.cause().word() + others;
        Instant now = clock.instant();
        // At least one, since even a segment of others' records is gone by our doing.
        int from = 0;
        do {
            List<LedgerEntry.Range> part = ours.subList(from, Math.min(ours.size(), from + Event.MAX_RANGES));
            ledger.enter(event(
                    EventKind.DELETION, now, removing.actor(), removing.reason(), removing.segment(), detail, part));
            from += Event.MAX_RANGES;
        } while (from < ours.size());
    }

    @Override
    public void held(Hold hold, HoldEvent event) {
        EventKind kind = event.kind() == HoldEvent.Kind.PLACED ? EventKind.HOLD : EventKind.HOLD_REMOVAL;
        String actor = event.provider() + "/" + event.actor();
        String detail =
                event.kind().word() + " " + hold.name() + "; " + hold.sessions() + " sessions of " + hold.query();
        ledger.enter(event(kind, event.at(), actor, event.reason(), hold.id(), detail, List.of()));
    }

    private Event event(
            EventKind kind,
            Instant at,
            String actor,
            String reason,
            String subject,
            String detail,
            List<LedgerEntry.Range> ranges) {
        return new Event(node, kind, at, cut(actor), cut(reason), cut(subject), cut(detail), ranges);
    }

    private static String cut(String text) {
        return text.length() <= LedgerEntry.MAX_TEXT ? text : text.substring(0, LedgerEntry.MAX_TEXT - 3) + "...";
    }
}
