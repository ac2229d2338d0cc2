// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.tree;

import dev.hansard.ports.ledger.Hash;
import java.util.Iterator;
import java.util.List;

/** Checks proofs without the tree, step by step as RFC 9162 sections 2.1.3.2 and 2.1.4.2 say. */
public final class ProofCheck {
    private ProofCheck() {}

    /** Whether a leaf is the one at {@code index} of the tree with this size and root. */
    public static boolean includes(Hash leaf, long index, long treeSize, List<Hash> path, Hash root) {
        if (index < 0 || index >= treeSize) {
            return false;
        }
        var hasher = new TreeHasher();
        long fn = index;
        long sn = treeSize - 1;
        Hash hash = leaf;
        for (Hash step : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = hasher.node(step, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                hash = hasher.node(hash, step);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && hash.equals(root);
    }

    /**
     * Whether the tree with {@code size} leaves and this root began as the older one. Every tree began as the empty
     * one.
     */
    public static boolean extend(long older, Hash olderRoot, long size, Hash root, List<Hash> path) {
        if (older < 0 || older > size) {
            return false;
        }
        var hasher = new TreeHasher();
        if (older == size || older == 0) {
            return path.isEmpty() && olderRoot.equals(older == 0 ? hasher.empty() : root);
        }
        Iterator<Hash> steps = path.iterator();
        boolean isNode = Long.bitCount(older) == 1;
        if (!isNode && !steps.hasNext()) {
            return false;
        }
        Hash start = isNode ? olderRoot : steps.next();
        return new Walk(hasher, older - 1, size - 1, start).along(steps, olderRoot, root);
    }

    /** The state of the second algorithm, with the names of the RFC. */
    private static final class Walk {
        private final TreeHasher hasher;
        private long fn;
        private long sn;
        private Hash fr;
        private Hash sr;

        Walk(TreeHasher hasher, long fn, long sn, Hash start) {
            this.hasher = hasher;
            this.fn = fn;
            this.sn = sn;
            fr = start;
            sr = start;
            while ((this.fn & 1) == 1) {
                up();
            }
        }

        private void up() {
            fn >>>= 1;
            sn >>>= 1;
        }

        boolean along(Iterator<Hash> steps, Hash olderRoot, Hash root) {
            while (steps.hasNext()) {
                Hash step = steps.next();
                if (sn == 0) {
                    return false;
                }
                if ((fn & 1) == 1 || fn == sn) {
                    fr = hasher.node(step, fr);
                    sr = hasher.node(step, sr);
                    while ((fn & 1) == 0 && fn != 0) {
                        up();
                    }
                } else {
                    sr = hasher.node(sr, step);
                }
                up();
            }
            return sn == 0 && fr.equals(olderRoot) && sr.equals(root);
        }
    }
}
