// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.tree;

import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.value.InvalidValueException;
import java.util.ArrayList;
import java.util.List;

/** Makes proofs (RFC 9162 sections 2.1.3.1 and 2.1.4.1) from the tiles of a tree. Belongs to one thread. */
public final class TreeProofs {
    private final TreeHasher hasher = new TreeHasher();
    private final HashSource tiles;
    private final long treeSize;

    /**
     * Proofs of one tree.
     *
     * @param tiles all of that tree; those of a larger one will do
     */
    public TreeProofs(HashSource tiles, long treeSize) {
        this.tiles = tiles;
        this.treeSize = treeSize;
    }

    public Hash root() {
        return treeSize == 0 ? hasher.empty() : range(0, treeSize);
    }

    /** What a leaf needs to be led to the root. */
    public List<Hash> inclusion(long index) {
        if (index < 0 || index >= treeSize) {
            throw new InvalidValueException("a tree of " + treeSize + " leaves has no leaf " + index);
        }
        var path = new ArrayList<Hash>();
        long from = 0;
        long to = treeSize;
        while (to - from > 1) {
            long middle = from + half(to - from);
            if (index < middle) {
                path.addFirst(range(middle, to));
                to = middle;
            } else {
                path.addFirst(range(from, middle));
                from = middle;
            }
        }
        return List.copyOf(path);
    }

    /** What it takes to see that the first leaves of this tree are those of an older one. */
    public List<Hash> consistency(long older) {
        if (older < 1 || older > treeSize) {
            throw new InvalidValueException("a tree of " + treeSize + " leaves had never " + older);
        }
        var path = new ArrayList<Hash>();
        long from = 0;
        long to = treeSize;
        while (older != to) {
            long middle = from + half(to - from);
            if (older <= middle) {
                path.addFirst(range(middle, to));
                to = middle;
            } else {
                path.addFirst(range(from, middle));
                from = middle;
            }
        }
        // The older tree's root is known to whoever asks, when it is a node of this one.
        if (from > 0) {
            path.addFirst(range(from, to));
        }
        return List.copyOf(path);
    }

    /** The largest power of two below {@code n}. */
    static long half(long n) {
        return Long.highestOneBit(n - 1);
    }

    /** The root over a range that starts at a multiple of its length rounded up to a power of two. */
    private Hash range(long from, long to) {
        long length = to - from;
        if (Long.bitCount(length) == 1) {
            return subtree(Long.numberOfTrailingZeros(length), from / length);
        }
        long middle = from + half(length);
        return hasher.node(range(from, middle), range(middle, to));
    }

    private Hash subtree(int height, long index) {
        int level = height / TileId.HEIGHT;
        int count = 1 << (height % TileId.HEIGHT);
        long first = index * count;
        TileId tile = TileId.holding(level, first, TileId.hashesAt(level, treeSize));
        int at = (int) (first - tile.first());
        return hasher.perfect(tiles.tile(tile).subList(at, at + count));
    }
}
