// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import dev.hansard.core.ledger.verify.Finding.Kind;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.ledger.StoredRecords;
import dev.hansard.ports.ledger.StoredRecords.Container;
import dev.hansard.ports.ledger.StoredRecords.StoredRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares stored records with their leaves, a window of leaves at a time. A container is read for each window that it
 * overlaps, which for all but a few is one. Belongs to one thread.
 */
final class RecordCheck {
    private final StoredRecords records;
    private final List<Container> containers;
    private final RowCheck rows;
    private final Consumer<Finding> findings;
    private final Set<String> told = new HashSet<>();
    private final Window window;
    private final SequenceSet missing = new SequenceSet();
    private long through;
    private long verified;
    private long pending;

    RecordCheck(
            StoredRecords records,
            List<Container> containers,
            RowCheck rows,
            Consumer<Finding> findings,
            int windowRecords) {
        this.records = records;
        this.rows = rows;
        this.containers = containers;
        this.findings = findings;
        window = new Window(windowRecords);
    }

    void leaf(LedgerEntry.Session entry, boolean doubtful) {
        if (!window.accepts(entry.sequence()) || entry.sequence() <= through) {
            findings.accept(new Finding(
                    Kind.LEAF_CHANGED,
                    entry.id(),
                    entry.sequence(),
                    "",
                    "the leaf repeats a sequence, or comes too late"));
            return;
        }
        window.add(entry, doubtful);
        if (window.isFull()) {
            flush();
        }
    }

    /** All leaves have come. */
    void finish() {
        flush();
        for (Container container : containers) {
            if (container.first() == Long.MAX_VALUE || container.last() > through) {
                read(container, through + 1, Long.MAX_VALUE, true);
            }
        }
    }

    private void flush() {
        if (window.isEmpty()) {
            return;
        }
        long from = through + 1;
        long to = window.last();
        for (Container container : containers) {
            if (container.first() <= to && container.last() >= from) {
                read(container, from, to, false);
            }
        }
        for (int slot = 0; slot < window.count(); slot++) {
            if (!window.isSeen(slot)) {
                missing.add(window.sequence(slot));
            }
        }
        through = to;
        window.clear();
    }

    private void read(Container container, long from, long to, boolean newer) {
        boolean first = told.add(container.name());
        records.read(container, new StoredRecords.Visitor() {
            private long before;

            @Override
            public void record(StoredRecord record) {
                if (first && record.sequence() <= before) {
                    tell(Kind.REORDERED, record, container, "it lies behind the record of sequence " + before);
                }
                before = record.sequence();
                if (record.sequence() >= from && record.sequence() <= to) {
                    if (newer) {
                        unentered(record, container);
                    } else {
                        compare(record, container);
                    }
                }
            }

            @Override
            public void damage(String what) {
                if (first) {
                    findings.accept(Finding.of(Kind.DAMAGED, container.name(), what));
                }
            }
        });
    }

    private void unentered(StoredRecord record, Container container) {
        if (container.growing()) {
            pending++;
        } else {
            tell(Kind.UNLISTED, record, container, "no leaf has its sequence " + record.sequence());
        }
    }

    private void compare(StoredRecord record, Container container) {
        int slot = window.slot(record.sequence());
        if (slot < 0) {
            tell(Kind.UNLISTED, record, container, "no leaf has its sequence " + record.sequence());
        } else if (window.hasHash(slot, record.frame())) {
            seen(slot, record, container);
        } else if (!window.isDoubtful(slot)) {
            differs(slot, record, container);
        } else {
            window.see(slot);
        }
    }

    private void seen(int slot, StoredRecord record, Container container) {
        rows.check(record, container);
        if (!window.isSeen(slot)) {
            window.see(slot);
            verified++;
        } else if (!container.growing() && !isAlsoInSpool(record.sequence())) {
            tell(Kind.COPIED, record, container, "it lies in another segment, too");
        }
    }

    /** Between sealing and the deletion of the spool file a record lies in both. */
    private boolean isAlsoInSpool(long sequence) {
        return containers.stream()
                .anyMatch(each -> each.growing() && each.first() <= sequence && each.last() >= sequence);
    }

    private void differs(int slot, StoredRecord record, Container container) {
        int other = window.slotOf(record.frame());
        if (other >= 0) {
            tell(Kind.SWAPPED, record, container, "it is the record of " + window.id(other));
            return;
        }
        window.see(slot);
        String text = window.hasId(slot, record.id())
                ? "its bytes are not those that were entered"
                : "it stands in the place of " + window.id(slot);
        tell(window.hasId(slot, record.id()) ? Kind.EDITED : Kind.SWAPPED, record, container, text);
    }

    private void tell(Kind kind, StoredRecord record, Container container, String text) {
        findings.accept(
                new Finding(kind, record.id(), record.sequence(), container.name() + " at " + record.offset(), text));
    }

    /** Sequences that were entered and not found. */
    SequenceSet missing() {
        return missing;
    }

    long verified() {
        return verified;
    }

    /** Records that are newer than the checkpoint. */
    long pending() {
        return pending;
    }
}
