// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.core.ledger.tree.EntryBundle;
import dev.hansard.core.ledger.tree.GrowingTree;
import dev.hansard.core.ledger.tree.TileId;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings signed leaves from the log to the payload store: bundles and tiles first, then the checkpoint that promises
 * them. It has a tree of its own, so that a store that was away for hours costs no memory; the log is the memory. All
 * it stores follows from the entries, so whatever was stored already is stored again without harm. Belongs to one
 * thread; after a failure it is thrown away.
 */
final class Publisher implements AutoCloseable {
    private final PublishedLedger published;
    private final LeafLog.Reader reader;
    private final GrowingTree tree;
    private final long from;
    private final List<byte[]> bundle = new ArrayList<>();
    private final Set<String> partials = new HashSet<>();
    /** Whether {@link #partials} are all that there are: another publisher may have failed at any size. */
    private boolean knowsPartials;

    private Base base;

    /**
     * A leaf before which nothing is needed any more, and the edge of the tree of all that.
     */
    record Base(long leaf, List<List<Hash>> edge) {}

    Publisher(PublishedLedger published, LeafLog.Reader reader, LedgerState state) {
        this.published = published;
        this.reader = reader;
        from = state.published();
        base = new Base(state.base(), state.edge());
        tree = GrowingTree.resumed(state.base(), state.edge(), this::fullTile);
    }

    /** Publishes all before {@code size}, and the checkpoint of that size. */
    void advance(long size, String checkpoint) throws IOException {
        reader.refresh();
        while (tree.size() < size) {
            byte[] entry = reader.next();
            bundle.add(entry);
            tree.append(entry);
            if (bundle.size() == TileId.WIDTH) {
                fullBundle();
            }
            if (tree.size() % LeafLog.LEAVES == 0) {
                base = new Base(tree.size(), tree.edge());
            }
        }
        partials(size);
        published.putCheckpoint(size, checkpoint);
        knowsPartials = true;
    }

    private void fullBundle() {
        put(new TileId(TileId.ENTRIES, tree.size() / TileId.WIDTH - 1, TileId.WIDTH), EntryBundle.encode(bundle));
        bundle.clear();
    }

    private void fullTile(TileId tile, List<Hash> hashes) {
        put(tile, EntryBundle.encodeHashes(hashes));
    }

    private void put(TileId tile, byte[] bytes) {
        int height = TileId.HEIGHT * (Math.max(tile.level(), 0) + 1);
        if ((tile.index() + 1) << height <= from) {
            return;
        }
        published.put(tile.path(), bytes);
        // To ask the store for each tile would cost a listing for every few hundred leaves.
        if (!partials.remove(tile.partials()) && knowsPartials) {
            return;
        }
        try {
            published.deletePartials(tile);
        } catch (StorageException _) {
            // A store that locks its objects keeps them; they do no harm.
        }
    }

    private void putPartial(TileId tile, byte[] bytes) {
        published.put(tile.path(), bytes);
        if (!tile.isFull()) {
            partials.add(tile.partials());
        }
    }

    private void partials(long size) {
        List<List<Hash>> edge = tree.edge();
        for (int level = 0; level < edge.size(); level++) {
            List<Hash> hashes = edge.get(level);
            if (!hashes.isEmpty()) {
                TileId tile = TileId.holding(level, TileId.hashesAt(level, size) - 1, TileId.hashesAt(level, size));
                putPartial(tile, EntryBundle.encodeHashes(hashes));
            }
        }
        if (!bundle.isEmpty()) {
            putPartial(TileId.holding(TileId.ENTRIES, size - 1, size), EntryBundle.encode(bundle));
        }
    }

    /** Before this everything is published. */
    Base base() {
        return base;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
