// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.tree;

import dev.hansard.ports.ledger.Hash;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The hashes of RFC 9162 section 2.1.1: a leaf is {@code SHA-256(00 || entry)}, a node {@code SHA-256(01 || left ||
 * right)}, so that the one can never be taken for the other. Belongs to one thread.
 */
public final class TreeHasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256;
    private final byte[] bytes = new byte[Hash.BYTES];

    public TreeHasher() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The root of a tree without a leaf. */
    public Hash empty() {
        return digest();
    }

    public Hash leaf(byte[] entry) {
        sha256.update(LEAF);
        sha256.update(entry);
        return digest();
    }

    public Hash node(Hash left, Hash right) {
        sha256.update(NODE);
        sha256.update(left.toBytes());
        sha256.update(right.toBytes());
        return digest();
    }

    /** The root over a power of two of neighbours. */
    Hash perfect(List<Hash> hashes) {
        int size = hashes.size();
        if (size == 1) {
            return hashes.getFirst();
        }
        return node(perfect(hashes.subList(0, size / 2)), perfect(hashes.subList(size / 2, size)));
    }

    private Hash digest() {
        try {
            sha256.digest(bytes, 0, bytes.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has 32 bytes", e);
        }
        return Hash.of(bytes);
    }
}
