// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.core.ledger.RemovalsInLedger;
import dev.hansard.core.ledger.note.Checkpoint;
import dev.hansard.core.ledger.note.LedgerPublicKey;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.core.ledger.verify.Finding.Kind;
import dev.hansard.ports.ledger.LedgerEntry.Event;
import dev.hansard.ports.ledger.LedgerEntry.EventKind;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a deployment say that one of them removed of the records of another. Both enter it: the one that
 * did it, and the one whose records they were. Either explains that a record is not there; but where the key of the
 * one that did it is at hand, its ledger must say so, or anybody who can write to the shared database could have
 * records explained away. Belongs to one thread.
 */
final class Neighbours {
    private final PublishedLedger published;
    private final Consumer<Finding> findings;
    private final Map<String, SequenceSet> told = new HashMap<>();
    private final Map<String, SequenceSet> claimed = new HashMap<>();

    Neighbours(PublishedLedger published, Consumer<Finding> findings) {
        this.published = published;
        this.findings = findings;
    }

    /** The ledger that is verified says that another node removed some of its records. */
    void claim(Event event) {
        SequenceSet sequences = claimed.computeIfAbsent(RemovalsInLedger.other(event), _ -> new SequenceSet());
        event.sequences().forEach(sequences::add);
    }

    /** Reads the whole ledger of another node. */
    void read(LedgerPublicKey key) {
        PublishedLedger ledger = published.of(PublishedLedger.nodeOf(key.name()));
        var sequences = new SequenceSet();
        told.put(ledger.node().value(), sequences);
        OptionalLong size = ledger.newest();
        if (size.isEmpty()) {
            return;
        }
        Checkpoint head = head(ledger, key, size.getAsLong());
        if (head != null) {
            new LeafWalk(ledger, findings).run(head, null, (_, entry, doubtful) -> {
                if (entry instanceof Event event && !doubtful && isOfOurs(event)) {
                    event.sequences().forEach(sequences::add);
                }
            });
        }
    }

    private boolean isOfOurs(Event event) {
        return event.kind() == EventKind.REMOVAL_OF_OTHERS
                && RemovalsInLedger.other(event).equals(published.node().value());
    }

    private @Nullable Checkpoint head(PublishedLedger ledger, LedgerPublicKey key, long size) {
        try {
            SignedNote note = SignedNote.parse(ledger.checkpoint(size));
            Checkpoint head = Checkpoint.parse(note.text());
            if (head.origin().equals(ledger.origin()) && note.isSignedBy(key)) {
                return head;
            }
        } catch (InvalidValueException e) {
            throw new StorageException("the newest checkpoint of " + ledger.node() + " cannot be read", e);
        }
        findings.accept(Finding.of(
                Kind.UNSIGNED,
                "checkpoint " + size + " of " + ledger.node(),
                "it is not signed by key " + key.idText() + "; nothing that it says is believed"));
        return null;
    }

    /** Adds what explains itself to what is explained already. */
    void explain(SequenceSet explained) {
        told.values().forEach(explained::addAll);
        claimed.forEach((node, sequences) -> {
            if (!told.containsKey(node)) {
                explained.addAll(sequences);
            }
        });
    }

    /** Who is said to have removed a record, though the ledger of that node does not say so; empty for nobody. */
    String unconfirmed(long sequence) {
        return claimed.entrySet().stream()
                .filter(each -> each.getValue().has(sequence))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** All the keys, but that of the ledger that is verified. */
    void read(List<LedgerPublicKey> keys) {
        keys.stream().filter(key -> !key.name().equals(published.origin())).forEach(this::read);
    }
}
