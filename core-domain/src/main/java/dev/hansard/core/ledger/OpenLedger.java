// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.core.ledger.note.Checkpoint;
import dev.hansard.core.ledger.note.LedgerKey;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.core.ledger.tree.GrowingTree;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import java.io.IOException;
import java.util.List;

/**
 * What of the ledger is in memory, between two failures of the disk. It comes to be from the state that was kept last,
 * and only when that is not older than what is published: whoever signed another history of a ledger that others have
 * seen would be indistinguishable from a forger. Belongs to one thread at a time.
 */
final class OpenLedger {
    private final LeafLog log;
    private final GrowingTree tree;
    private LedgerState state;
    private long sequence;
    private SpoolPosition position;

    private OpenLedger(LeafLog log, GrowingTree tree, LedgerState state) {
        this.log = log;
        this.tree = tree;
        this.state = state;
        sequence = state.sequence();
        position = state.position();
    }

    /**
     * Opens what the last process kept.
     *
     * @throws StorageException when the state must not be gone on from
     */
    static OpenLedger open(Disk disk, PublishedLedger published) throws IOException {
        var log = new LeafLog(disk);
        LedgerState state = log.load();
        requireNewest(state, published);
        var tree = GrowingTree.resumed(state.base(), state.edge(), (_, _) -> {});
        try (var reader = new LeafLog.Reader(disk, state.base())) {
            while (tree.size() < state.size()) {
                requireSame(state, tree, published);
                tree.append(reader.next());
            }
            requireSame(state, tree, published);
            log.resume(reader.place());
        }
        if (state.size() > 0 && !checkpoint(state.checkpoint()).root().equals(tree.root())) {
            throw new StorageException("the ledger's log does not have the leaves that were signed; put the node's"
                    + " folder back, or start with an empty one under another name");
        }
        return new OpenLedger(log, tree, state);
    }

    private static void requireNewest(LedgerState state, PublishedLedger published) {
        List<Long> newer = published.checkpointsAbove(state.size(), 1);
        if (!newer.isEmpty()) {
            throw new StorageException("the ledger that " + published.origin() + " has published has at least "
                    + newer.getFirst() + " leaves, but this node has signed only " + state.size()
                    + ": its folder is older, as from a backup; nothing is appended. Put the newest folder back, or"
                    + " start with an empty one");
        }
    }

    private static void requireSame(LedgerState state, GrowingTree tree, PublishedLedger published) {
        long size = tree.size();
        boolean told = size == state.published() || size == state.size();
        if (size > 0
                && told
                && published.hasCheckpoint(size)
                && !checkpoint(published.checkpoint(size)).root().equals(tree.root())) {
            throw new StorageException("the published ledger of " + published.origin() + " has other leaves than this"
                    + " node has signed, as the checkpoint of " + size + " leaves shows; nothing is appended");
        }
    }

    private static Checkpoint checkpoint(String note) {
        try {
            return Checkpoint.parse(SignedNote.parse(note).text());
        } catch (InvalidValueException e) {
            throw new StorageException("a checkpoint of the ledger cannot be read", e);
        }
    }

    /** Adds an entry, for the next {@link #seal}; the answer is its index. */
    long add(LedgerEntry entry) throws IOException {
        byte[] bytes = EntryCodec.encode(entry);
        log.append(bytes);
        return tree.append(bytes);
    }

    /** Adds a record unless it is there, and what is missing before it. */
    void add(LedgerEntry.Session record) throws IOException {
        if (record.sequence() <= sequence) {
            return;
        }
        if (record.sequence() > sequence + 1) {
            String cause = sequence == 0 ? "before the ledger" : "lost";
            var missing = new LedgerEntry.Range(sequence + 1, record.sequence() - 1);
            add(new LedgerEntry.Gap(record.node(), missing, cause));
        }
        add((LedgerEntry) record);
        sequence = record.sequence();
    }

    void moveTo(SpoolPosition upTo) {
        position = upTo;
    }

    /** Whether something would be lost without a {@link #seal}. */
    boolean isAhead() {
        return tree.size() > state.size() || !position.equals(state.position());
    }

    /**
     * Signs what is there and makes it durable. The signature is kept before anybody sees it: so no process ever signs
     * two histories.
     *
     * @param published how many leaves are published
     * @param base before which no log is needed
     */
    LedgerState seal(LedgerKey key, long published, Publisher.Base base) throws IOException {
        log.sync();
        long size = tree.size();
        String note = size == state.size() ? state.checkpoint() : signed(key);
        var next = new LedgerState(size, sequence, position, published, base.leaf(), base.edge(), note);
        log.save(next);
        if (base.leaf() > state.base()) {
            log.dropBefore(base.leaf());
        }
        state = next;
        return next;
    }

    private String signed(LedgerKey key) {
        var head = new Checkpoint(key.publicKey().name(), tree.size(), tree.root());
        return SignedNote.sign(head.text(), key).toString();
    }

    LedgerState state() {
        return state;
    }

    SpoolPosition position() {
        return position;
    }

    void close() throws IOException {
        log.close();
    }
}
