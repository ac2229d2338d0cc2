// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.tree;

import dev.hansard.ports.ledger.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** RFC 9162 section 2.1 word by word, without a tile or a thought for speed: the oracle. */
final class NaiveTree {
    private final List<byte[]> entries;

    NaiveTree(List<byte[]> entries) {
        this.entries = entries;
    }

    Hash root() {
        return mth(entries);
    }

    static Hash mth(List<byte[]> d) {
        int n = d.size();
        if (n == 0) {
            return sha256();
        }
        if (n == 1) {
            return sha256(new byte[] {0}, d.getFirst());
        }
        int k = split(n);
        return sha256(
                new byte[] {1},
                mth(d.subList(0, k)).toBytes(),
                mth(d.subList(k, n)).toBytes());
    }

    List<Hash> path(int m) {
        return path(m, entries);
    }

    private static List<Hash> path(int m, List<byte[]> d) {
        var path = new ArrayList<Hash>();
        int n = d.size();
        if (n > 1) {
            int k = split(n);
            if (m < k) {
                path.addAll(path(m, d.subList(0, k)));
                path.add(mth(d.subList(k, n)));
            } else {
                path.addAll(path(m - k, d.subList(k, n)));
                path.add(mth(d.subList(0, k)));
            }
        }
        return path;
    }

    List<Hash> proof(int m) {
        return subproof(m, entries, true);
    }

    private static List<Hash> subproof(int m, List<byte[]> d, boolean b) {
        var proof = new ArrayList<Hash>();
        int n = d.size();
        if (m == n) {
            if (!b) {
                proof.add(mth(d));
            }
            return proof;
        }
        int k = split(n);
        if (m <= k) {
            proof.addAll(subproof(m, d.subList(0, k), b));
            proof.add(mth(d.subList(k, n)));
        } else {
            proof.addAll(subproof(m - k, d.subList(k, n), false));
            proof.add(mth(d.subList(0, k)));
        }
        return proof;
    }

    private static int split(int n) {
        int k = 1;
        while (2 * k < n) {
            k *= 2;
        }
        return k;
    }

    private static Hash sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return Hash.of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
