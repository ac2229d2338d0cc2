// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import dev.hansard.core.ledger.EntryCodec;
import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.core.ledger.note.Checkpoint;
import dev.hansard.core.ledger.tree.GrowingTree;
import dev.hansard.core.ledger.tree.TileId;
import dev.hansard.core.ledger.tree.TreeHasher;
import dev.hansard.core.ledger.verify.Finding.Kind;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads every leaf of a published ledger, once and in order, and grows the tree from nothing: so neither tiles nor
 * proofs need to be believed, only the root that is signed. Where an entry and the tile with its hash disagree, a
 * second tree is grown that believes the tile: when its root is the signed one, exactly those entries were changed.
 * Belongs to one thread.
 */
final class LeafWalk {
    private final PublishedLedger published;
    private final Consumer<Finding> findings;
    private final TreeHasher hasher = new TreeHasher();
    private final GrowingTree tree;
    private final List<Changed> changed = new ArrayList<>();
    private @Nullable GrowingTree believing;
    private boolean complete = true;
    private boolean sinceSeen;

    /** A leaf that is not right, unless its tile turns out to be what is not. */
    private record Changed(long leaf, Finding finding) {}

    /** Who is shown the leaves. */
    interface Visitor {
        /**
         * A leaf.
         *
         * @param doubtful whether its entry and its tile disagree
         */
        void leaf(long index, LedgerEntry entry, boolean doubtful);
    }

    LeafWalk(PublishedLedger published, Consumer<Finding> findings) {
        this.published = published;
        this.findings = findings;
        tree = new GrowingTree(this::fullTile);
    }

    /**
     * Reads all leaves below {@code head}.
     *
     * @param since an older checkpoint that the ledger must still contain
     */
    void run(Checkpoint head, @Nullable Checkpoint since, Visitor visitor) {
        long bundles = (head.size() + TileId.WIDTH - 1) / TileId.WIDTH;
        for (long index = 0; index < bundles; index++) {
            bundle(TileId.holding(TileId.ENTRIES, index * TileId.WIDTH, head.size()), since, visitor);
        }
        judge(head);
        if (since != null && complete && since.size() > 0 && since.size() <= head.size() && !sinceSeen) {
            findings.accept(Finding.of(
                    Kind.FORKED,
                    "",
                    "the ledger's first " + since.size() + " leaves are not those of the older checkpoint"));
        }
    }

    private void bundle(TileId bundle, @Nullable Checkpoint since, Visitor visitor) {
        List<byte[]> entries = entries(bundle);
        List<Hash> hashes = hashes(new TileId(0, bundle.index(), bundle.width()));
        if (entries.isEmpty() && hashes.isEmpty()) {
            complete = false;
            return;
        }
        for (int i = 0; i < bundle.width(); i++) {
            Hash told = hashes.isEmpty() ? null : hashes.get(i);
            byte[] entry = entries.isEmpty() ? null : entries.get(i);
            Hash leaf = entry == null ? told : hasher.leaf(entry);
            boolean doubtful = told != null && leaf != null && !told.equals(leaf);
            if (leaf != null) {
                grow(leaf, doubtful && told != null ? told : leaf);
            }
            if (entry != null) {
                visit(bundle.first() + i, entry, doubtful, visitor);
            }
            sinceSeen |= since != null && since.size() == tree.size() && has(since.root());
        }
    }

    private List<byte[]> entries(TileId bundle) {
        try {
            return published.entries(bundle);
        } catch (StorageException e) {
            findings.accept(Finding.of(
                    Kind.LEAF_MISSING,
                    "leaves " + bundle.first() + " to " + (bundle.first() + bundle.width() - 1),
                    String.valueOf(e.getMessage())));
            return List.of();
        }
    }

    private List<Hash> hashes(TileId tile) {
        try {
            return published.tile(tile);
        } catch (StorageException e) {
            findings.accept(Finding.of(Kind.TILE_CHANGED, tile.path(), String.valueOf(e.getMessage())));
            return List.of();
        }
    }

    private void grow(Hash leaf, Hash told) {
        if (believing == null && !leaf.equals(told)) {
            believing = GrowingTree.resumed(tree.size(), tree.edge(), (_, _) -> {});
        }
        tree.append(leaf);
        if (believing != null) {
            believing.append(told);
        }
    }

    private boolean has(Hash root) {
        return tree.root().equals(root)
                || (believing != null && believing.root().equals(root));
    }

    private void visit(long index, byte[] bytes, boolean doubtful, Visitor visitor) {
        LedgerEntry entry = null;
        try {
            entry = EntryCodec.decode(bytes);
            visitor.leaf(index, entry, doubtful);
        } catch (InvalidValueException e) {
            if (!doubtful) {
                changed.add(new Changed(
                        index, Finding.of(Kind.LEAF_CHANGED, "leaf " + index, String.valueOf(e.getMessage()))));
            }
        }
        if (doubtful) {
            String text = "entry and tile disagree";
            Finding finding = entry instanceof LedgerEntry.Session session
                    ? new Finding(Kind.LEAF_CHANGED, session.id(), session.sequence(), "leaf " + index, text)
                    : Finding.of(Kind.LEAF_CHANGED, "leaf " + index, text);
            changed.add(new Changed(index, finding));
        }
    }

    /** Level 0 is compared leaf by leaf. */
    private void fullTile(TileId tile, List<Hash> hashes) {
        if (tile.level() > 0 && believing == null && complete) {
            List<Hash> found = hashes(tile);
            if (!found.isEmpty() && !found.equals(hashes)) {
                findings.accept(
                        Finding.of(Kind.TILE_CHANGED, tile.path(), "it does not follow from the leaves below it"));
            }
        }
    }

    private void judge(Checkpoint head) {
        boolean same = complete && tree.size() == head.size() && tree.root().equals(head.root());
        if (same) {
            changed.forEach(each -> findings.accept(Finding.of(
                    Kind.TILE_CHANGED,
                    each.finding().place(),
                    TileId.holding(0, each.leaf(), head.size()).path() + " is not what was signed; the leaf is")));
            return;
        }
        changed.forEach(each -> findings.accept(each.finding()));
        boolean explained = believing != null
                && believing.size() == head.size()
                && believing.root().equals(head.root());
        if (complete && !explained) {
            findings.accept(
                    Finding.of(Kind.FORKED, "", "the leaves are not those that were signed: their root is another"));
        }
    }
}
