// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.core.ledger.note.Checkpoint;
import dev.hansard.core.ledger.note.LedgerPublicKey;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.core.ledger.tree.TreeHasher;
import dev.hansard.core.ledger.verify.Finding.Kind;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.ledger.LedgerEntry.EventKind;
import dev.hansard.ports.ledger.StoredRecords;
import dev.hansard.ports.ledger.StoredRecords.Container;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one node's ledger and all records against it, with nothing to go on but public keys, and, to see whether
 * time was turned back, an older checkpoint. Whatever is wrong is named, and the rest verified all the same; memory is
 * bounded whatever their number. Belongs to one thread.
 */
public final class Verification {
    private static final int PROGRESS = 1024;

    private final PublishedLedger published;
    private final StoredRecords records;
    private final @Nullable SessionCatalog catalog;
    private final Trust trust;
    private final List<String> keysReplaced = new ArrayList<>();
    private final SequenceSet explained = new SequenceSet();
    private final int windowRecords;
    private long events;
    private long lost;

    /**
     * Who is believed.
     *
     * @param key of the ledger now
     * @param since a signed checkpoint from before; null when there is none
     * @param others keys of other nodes, whose ledgers are asked what they removed
     */
    public record Trust(LedgerPublicKey key, @Nullable SignedNote since, List<LedgerPublicKey> others) {
        public Trust {
            others = List.copyOf(others);
        }

        /** Nobody else is asked. */
        public Trust(LedgerPublicKey key, @Nullable SignedNote since) {
            this(key, since, List.of());
        }
    }

    /**
     * What is looked at.
     *
     * @param published the ledger
     * @param catalog to be compared with the records as well; null to leave it out
     */
    public record Stores(
            PublishedLedger published,
            StoredRecords records,
            @Nullable SessionCatalog catalog) {}

    /**
     * What was verified.
     *
     * @param leaves of the ledger
     * @param records that are as they were entered
     * @param pending records that are newer than the checkpoint
     * @param events leaves about deletions, holds, rules and keys
     * @param lost records that the ledger itself says are missing
     * @param findings how many differences were named
     * @param checkpoint that was verified, to be kept for the next time; empty when there is none
     */
    public record Result(
            long leaves, long records, long pending, long events, long lost, long findings, String checkpoint) {
        public boolean isIntact() {
            return findings == 0;
        }
    }

    /** Who is told how far it is. */
    public interface Progress {
        void at(long leaves, long of);
    }

    public Verification(Stores stores, Trust trust) {
        this(stores, trust, Window.RECORDS);
    }

    Verification(Stores stores, Trust trust, int windowRecords) {
        published = stores.published();
        records = stores.records();
        catalog = stores.catalog();
        this.trust = trust;
        this.windowRecords = windowRecords;
    }

    /**
     * Verifies all.
     *
     * @throws StorageException when the stores cannot be read at all
     */
    public Result run(Consumer<Finding> told, Progress progress) {
        var counted = new Counted(told);
        // In this order: what is stored after the listing may be newer than the checkpoint.
        List<Container> containers = records.containers();
        String note = newest();
        Checkpoint head = head(note, counted);
        Checkpoint since = since(head, counted);
        var rows = new RowCheck(catalog, published.node(), counted);
        var check = new RecordCheck(records, containers, rows, counted, windowRecords);
        var neighbours = new Neighbours(published, counted);
        new LeafWalk(published, counted).run(head, since, (index, entry, doubtful) -> {
            take(entry, doubtful, check, neighbours);
            if (index % PROGRESS == 0) {
                progress.at(index, head.size());
            }
        });
        check.finish();
        rows.finish();
        requireKnownSigner(counted);
        // Last: what they remove is entered there first.
        neighbours.read(trust.others());
        neighbours.explain(explained);
        nameMissing(head, check.missing(), neighbours, counted);
        progress.at(head.size(), head.size());
        return new Result(head.size(), check.verified(), check.pending(), events, lost, counted.count, note);
    }

    private static final class Counted implements Consumer<Finding> {
        private final Consumer<Finding> told;
        private long count;

        Counted(Consumer<Finding> told) {
            this.told = told;
        }

        @Override
        public void accept(Finding finding) {
            count++;
            told.accept(finding);
        }
    }

    private String newest() {
        OptionalLong size = published.newest();
        return size.isPresent() ? published.checkpoint(size.getAsLong()) : "";
    }

    private Checkpoint head(String note, Counted findings) {
        if (note.isEmpty()) {
            return new Checkpoint(published.origin(), 0, new TreeHasher().empty());
        }
        try {
            SignedNote signed = SignedNote.parse(note);
            Checkpoint head = Checkpoint.parse(signed.text());
            if (!head.origin().equals(published.origin()) || !signed.isSignedBy(trust.key())) {
                findings.accept(Finding.of(
                        Kind.UNSIGNED,
                        "checkpoint " + head.size(),
                        "it is not signed by key " + trust.key().idText() + " of '"
                                + trust.key().name() + "'"));
            }
            return head;
        } catch (InvalidValueException e) {
            throw new StorageException("the newest checkpoint cannot be read: " + e.getMessage(), e);
        }
    }

    private @Nullable Checkpoint since(Checkpoint head, Counted findings) {
        SignedNote note = trust.since();
        if (note == null) {
            return null;
        }
        Checkpoint since = Checkpoint.parse(note.text());
        if (!since.origin().equals(head.origin())) {
            findings.accept(
                    Finding.of(Kind.UNSIGNED, "older checkpoint", "it is of another ledger: '" + since.origin() + "'"));
            return null;
        }
        if (since.size() > head.size()) {
            findings.accept(Finding.of(
                    Kind.ROLLED_BACK,
                    "",
                    "the ledger has " + head.size() + " leaves, but had " + since.size() + " before"));
        }
        return since;
    }

    private void take(LedgerEntry entry, boolean doubtful, RecordCheck check, Neighbours neighbours) {
        switch (entry) {
            case LedgerEntry.Session session -> check.leaf(session, doubtful);
            case LedgerEntry.Gap gap -> {
                lost += gap.sequences().last() - gap.sequences().first() + 1;
            }
            case LedgerEntry.Event event -> {
                events++;
                // What was not signed explains nothing.
                if (event.kind() == EventKind.DELETION && !doubtful) {
                    event.sequences().forEach(explained::add);
                } else if (event.kind() == EventKind.REMOVAL_BY_OTHERS && !doubtful) {
                    neighbours.claim(event);
                } else if (event.kind() == EventKind.KEY_CHANGE && !doubtful) {
                    keysReplaced.add(event.detail());
                }
            }
        }
    }

    private void requireKnownSigner(Counted findings) {
        if (keysReplaced.contains(trust.key().toString())) {
            findings.accept(Finding.of(
                    Kind.OLD_KEY,
                    "",
                    "key " + trust.key().idText() + " was replaced, as a leaf says; verify with the one after it"));
        }
        SignedNote since = trust.since();
        if (since != null && !since.isSignedBy(trust.key()) && !isSignedByFormerKey(since)) {
            findings.accept(Finding.of(
                    Kind.UNSIGNED, "older checkpoint", "it is signed neither by the key nor by one that it replaced"));
        }
    }

    private boolean isSignedByFormerKey(SignedNote note) {
        return keysReplaced.stream().anyMatch(text -> {
            try {
                return note.isSignedBy(LedgerPublicKey.parse(text));
            } catch (InvalidValueException _) {
                return false;
            }
        });
    }

    private static String why(String unconfirmed) {
        return unconfirmed.isEmpty()
                ? ", and no deletion says why"
                : "; that " + unconfirmed + " removed it is not what the ledger of " + unconfirmed + " says";
    }

    /** Only now all deletions are known; and what is missing is so seldom that the leaves are read once more for it. */
    private void nameMissing(Checkpoint head, SequenceSet missing, Neighbours neighbours, Counted findings) {
        if (missing.isWithin(explained)) {
            return;
        }
        new LeafWalk(published, _ -> {}).run(head, null, (index, entry, _) -> {
            if (entry instanceof LedgerEntry.Session session
                    && missing.has(session.sequence())
                    && !explained.has(session.sequence())) {
                findings.accept(new Finding(
                        Kind.MISSING,
                        session.id(),
                        session.sequence(),
                        "leaf " + index,
                        "no store has the record of service " + session.service()
                                + why(neighbours.unconfirmed(session.sequence()))));
            }
        });
    }
}
