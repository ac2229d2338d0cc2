// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.ledger.LedgerEntry.Event;
import dev.hansard.ports.ledger.LedgerEntry.EventKind;
import dev.hansard.ports.retention.ForeignRemovals;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.HoldEvent;
import dev.hansard.ports.retention.RetentionEvidence;
import dev.hansard.ports.value.NodeName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Enters in the ledger of this node what goes, before it goes, and what happens to holds. Only the ledger of the node
 * that recorded something explains its absence, and nobody but that node can write to it. So whoever removes records of
 * another node enters that in its own ledger, and leaves word; the other one enters it too, naming who did it. Whoever
 * verifies with the keys of both sees that they tell the same.
 */
public final class RemovalsInLedger implements RetentionEvidence {
    private static final int BATCH = 100;

    private final MerkleLedger ledger;
    private final NodeName node;
    private final ForeignRemovals removals;
    private final InstantSource clock;

    /**
     * Of the node whose ledger it is.
     *
     * @param removals what nodes leave word of
     */
    public RemovalsInLedger(MerkleLedger ledger, NodeName node, ForeignRemovals removals, InstantSource clock) {
        this.ledger = ledger;
        this.node = node;
        this.removals = removals;
        this.clock = clock;
    }

    @Override
    public void removing(Removing removing) {
        Instant now = clock.instant();
        Map<NodeName, List<Range>> byNode = removing.records().stream()
                .collect(Collectors.groupingBy(Range::node, LinkedHashMap::new, Collectors.toList()));
        byNode.forEach((owner, records) -> {
            if (owner.equals(node)) {
                enter(EventKind.DELETION, now, removing, removing.cause().word(), records);
                return;
            }
            // First here: once the other one has entered it, it must be found in this ledger as well.
            enter(EventKind.REMOVAL_OF_OTHERS, now, removing, detail(owner, removing), records);
            removals.add(owner, new ForeignRemovals.ForeignRemoval(node, now, of(removing, records)));
        });
    }

    private static Removing of(Removing removing, List<Range> records) {
        return new Removing(removing.segment(), removing.cause(), removing.actor(), removing.reason(), records);
    }

    private static String detail(NodeName other, Removing removing) {
        return other + " " + removing.cause().word();
    }

    /** The node that a removal of another's records, or by another, names. */
    public static String other(Event event) {
        int end = event.detail().indexOf(' ');
        return end < 0 ? event.detail() : event.detail().substring(0, end);
    }

    /**
     * Enters what others have removed of this node's records since it last did so.
     *
     * @throws dev.hansard.ports.session.StorageException when the ledger or the store fails; what is entered twice then
     *     does no harm
     */
    public void enterForeign() {
        List<ForeignRemovals.Waiting> waiting;
        do {
            waiting = removals.of(node, BATCH);
            for (ForeignRemovals.Waiting each : waiting) {
                ForeignRemovals.ForeignRemoval removal = each.removal();
                Removing what = removal.what();
                enter(EventKind.REMOVAL_BY_OTHERS, removal.at(), what, detail(removal.by(), what), what.records());
                removals.entered(each.number());
            }
        } while (waiting.size() == BATCH);
    }

    private void enter(EventKind kind, Instant at, Removing removing, String detail, List<Range> records) {
        List<LedgerEntry.Range> ranges = records.stream()
                .map(range -> new LedgerEntry.Range(range.first(), range.last()))
                .toList();
        for (int from = 0; from < ranges.size(); from += Event.MAX_RANGES) {
            List<LedgerEntry.Range> part = ranges.subList(from, Math.min(ranges.size(), from + Event.MAX_RANGES));
            ledger.enter(event(kind, at, removing.actor(), removing.reason(), removing.segment(), detail, part));
        }
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
