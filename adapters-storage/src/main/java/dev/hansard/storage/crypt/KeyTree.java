// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 2^30 keys, each of which can be destroyed alone, in the room of one.
 *
 * <p>It is the tree of Goldreich, Goldwasser and Micali (1986): each node gives two children by a one-way function, and
 * a key is a leaf. Whoever has a node has all leaves below it and no others; so to destroy a leaf is to keep, in the
 * place of the node above it, the siblings along the way down to it, and to forget that node. Nobody can go up again. A
 * whole tree is 32 bytes; each destroyed leaf adds 30 nodes of 37 bytes at the most, fewer when others near it are
 * gone.
 *
 * <p>The one-way function is SHA-256 over the node, its depth and left or right. Safe for any number of threads; to
 * take a leaf out makes another tree.
 */
final class KeyTree {
    static final int DEPTH = 30;
    static final long LEAVES = 1L << DEPTH;

    private static final byte[] DOMAIN = "hansard-tree".getBytes(StandardCharsets.US_ASCII);
    /** Leaves that follow one another are asked for one after the other: below this node it is short. */
    private static final int NEAR = 8;

    private static final int ENCODED = 1 + Integer.BYTES + KeyWrapper.KEY_BYTES;

    /** In the order of the leaves below them. */
    private final List<Node> nodes;

    private volatile @Nullable Node near;

    private KeyTree(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Not a record, because it holds an array. */
    private static final class Node {
        private final int depth;
        private final long prefix;
        private final byte[] secret;

        Node(int depth, long prefix, byte[] secret) {
            this.depth = depth;
            this.prefix = prefix;
            this.secret = secret;
        }

        boolean isAbove(int itsDepth, long itsPrefix) {
            return itsDepth >= depth && itsPrefix >>> (itsDepth - depth) == prefix;
        }

        Node child(MessageDigest sha256, int bit) {
            sha256.update(DOMAIN);
            sha256.update(secret);
            sha256.update((byte) depth);
            sha256.update((byte) bit);
            return new Node(depth + 1, prefix << 1 | bit, sha256.digest());
        }

        /** Towards a leaf. */
        Node child(MessageDigest sha256, long leaf) {
            return child(sha256, (int) (leaf >>> (DEPTH - depth - 1)) & 1);
        }
    }

    /** A whole tree, of its root. */
    static KeyTree of(byte[] root) {
        return new KeyTree(List.of(new Node(0, 0, root.clone())));
    }

    /** The key of a leaf; null when it was destroyed. */
    byte @Nullable [] leaf(long leaf) {
        Node from = near;
        if (from == null || !from.isAbove(DEPTH, leaf)) {
            from = above(leaf);
        }
        if (from == null) {
            return null;
        }
        MessageDigest sha256 = sha256();
        for (Node node = from; ; node = node.child(sha256, leaf)) {
            if (node.depth == DEPTH - NEAR) {
                near = node;
            }
            if (node.depth == DEPTH) {
                return node.secret.clone();
            }
        }
    }

    private @Nullable Node above(long leaf) {
        // Almost always there is one; many only where very many were destroyed.
        for (Node node : nodes) {
            if (node.isAbove(DEPTH, leaf)) {
                return node;
            }
        }
        return null;
    }

    /** The same without one leaf. */
    KeyTree without(long leaf) {
        if (leaf < 0 || leaf >= LEAVES) {
            throw new IllegalArgumentException("there is no leaf " + leaf);
        }
        MessageDigest sha256 = sha256();
        var left = new ArrayList<Node>();
        for (Node node : nodes) {
            if (node.isAbove(DEPTH, leaf)) {
                addSiblings(sha256, node, leaf, left);
            } else {
                left.add(node);
            }
        }
        return new KeyTree(left);
    }

    private static void addSiblings(MessageDigest sha256, Node top, long leaf, List<Node> left) {
        var behind = new ArrayList<Node>();
        Node node = top;
        while (node.depth < DEPTH) {
            Node zero = node.child(sha256, 0);
            Node one = node.child(sha256, 1);
            boolean goesRight = one.isAbove(DEPTH, leaf);
            if (goesRight) {
                left.add(zero);
            } else {
                behind.add(one);
            }
            node = goesRight ? one : zero;
        }
        left.addAll(behind.reversed());
    }

    /** The leaves that both have. */
    KeyTree and(KeyTree other) {
        var both = new ArrayList<Node>();
        for (Node node : nodes) {
            for (Node its : other.nodes) {
                if (its.isAbove(node.depth, node.prefix)) {
                    both.add(node);
                } else if (node.isAbove(its.depth, its.prefix)) {
                    both.add(its);
                }
            }
        }
        return new KeyTree(both);
    }

    byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(nodes.size() * ENCODED);
        for (Node node : nodes) {
            bytes.put((byte) node.depth).putInt((int) node.prefix).put(node.secret);
        }
        return bytes.array();
    }

    /**
     * Reads {@link #encode}.
     *
     * @throws InvalidValueException when it is something else
     */
    static KeyTree decode(byte[] bytes) {
        if (bytes.length % ENCODED != 0) {
            throw new InvalidValueException("a tree of keys has no " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        var nodes = new ArrayList<Node>();
        while (in.hasRemaining()) {
            int depth = in.get();
            long prefix = Integer.toUnsignedLong(in.getInt());
            byte[] secret = new byte[KeyWrapper.KEY_BYTES];
            in.get(secret);
            if (depth < 0 || depth > DEPTH || prefix >>> depth != 0) {
                throw new InvalidValueException("a tree of keys has no node " + prefix + " at depth " + depth);
            }
            nodes.add(new Node(depth, prefix, secret));
        }
        return new KeyTree(nodes);
    }

    /** Whether the same leaves are there. */
    boolean isSameAs(KeyTree other) {
        return Arrays.equals(encode(), other.encode());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
