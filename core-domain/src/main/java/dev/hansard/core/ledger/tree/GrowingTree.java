// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.tree;

import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.value.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a tree: all that it takes to append, and to tell the root. It keeps the tile of each level that is
 * not full, at most 255 hashes; a tile that becomes full is handed out and its root goes one level up. Belongs to one
 * thread.
 */
public final class GrowingTree {
    private final TreeHasher hasher = new TreeHasher();
    private final List<List<Hash>> edge = new ArrayList<>();
    private final FullTiles full;
    private long size;

    /** Where tiles go that will not change any more. */
    public interface FullTiles {
        /** Called for each tile of hashes, those of lower levels first. */
        void take(TileId tile, List<Hash> hashes);
    }

    /** A tree without a leaf. */
    public GrowingTree(FullTiles full) {
        this.full = full;
    }

    /**
     * A tree of which only the edge is left.
     *
     * @param edge as {@link #edge} gave it
     * @throws InvalidValueException when a tree of that size has another edge
     */
    public static GrowingTree resumed(long size, List<List<Hash>> edge, FullTiles full) {
        var tree = new GrowingTree(full);
        for (int level = 0; TileId.hashesAt(level, size) > 0 || level < edge.size(); level++) {
            int expected = (int) (TileId.hashesAt(level, size) % TileId.WIDTH);
            int found = level < edge.size() ? edge.get(level).size() : 0;
            if (found != expected) {
                throw new InvalidValueException("the edge of a tree of " + size + " leaves has " + expected
                        + " hashes at level " + level + ", but " + found + " are there");
            }
            tree.edge.add(new ArrayList<>(level < edge.size() ? edge.get(level) : List.of()));
        }
        tree.size = size;
        return tree;
    }

    /** Adds an entry; the answer is its index. */
    public long append(byte[] entry) {
        return append(hasher.leaf(entry));
    }

    /** Adds a leaf of which only the hash is known; the answer is its index. */
    public long append(Hash leaf) {
        push(0, leaf);
        return size++;
    }

    private void push(int level, Hash hash) {
        if (edge.size() == level) {
            edge.add(new ArrayList<>());
        }
        List<Hash> tile = edge.get(level);
        tile.add(hash);
        if (tile.size() == TileId.WIDTH) {
            long index = (size / TileId.WIDTH) >>> (TileId.HEIGHT * level);
            full.take(new TileId(level, index, TileId.WIDTH), List.copyOf(tile));
            Hash root = hasher.perfect(tile);
            tile.clear();
            push(level + 1, root);
        }
    }

    public long size() {
        return size;
    }

    /** The root of all leaves so far. */
    public Hash root() {
        @Nullable Hash right = null;
        for (List<Hash> tile : edge) {
            int end = tile.size();
            for (int length = 1; length <= end; length <<= 1) {
                if ((tile.size() & length) != 0) {
                    Hash left = hasher.perfect(tile.subList(end - length, end));
                    right = right == null ? left : hasher.node(left, right);
                    end -= length;
                }
            }
        }
        return right == null ? hasher.empty() : right;
    }

    /** The hashes of the tiles that are not full, by level. */
    public List<List<Hash>> edge() {
        return edge.stream().map(List::copyOf).toList();
    }
}
