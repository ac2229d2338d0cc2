// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.exact;

import java.util.List;

/**
 * Finds any of many patterns in one pass (Aho and Corasick, 1975). A state is the longest end of the text so far that
 * some pattern begins with; 0 is the empty one. Nearly all states have one successor, so that those of a state are a
 * list and only the first state has a table. Immutable.
 */
final class Automaton {
    private final int[] roots = new int[256];
    private final byte[] labels;
    private final int[] children;
    private final int[] siblings;
    private final int[] fallbacks;
    private final int[] depths;
    private final int[] lengths;
    private int size = 1;
    private int longest;

    private Automaton(int capacity) {
        labels = new byte[capacity];
        children = new int[capacity];
        siblings = new int[capacity];
        fallbacks = new int[capacity];
        depths = new int[capacity];
        lengths = new int[capacity];
    }

    static Automaton of(List<byte[]> patterns) {
        int capacity = 1;
        for (byte[] pattern : patterns) {
            capacity = Math.addExact(capacity, pattern.length);
        }
        var automaton = new Automaton(capacity);
        patterns.forEach(automaton::add);
        automaton.link();
        return automaton;
    }

    private void add(byte[] pattern) {
        int state = 0;
        for (byte b : pattern) {
            int next = child(state, b);
            state = next == 0 ? grow(state, b) : next;
        }
        lengths[state] = pattern.length;
        longest = Math.max(longest, pattern.length);
    }

    private int grow(int state, byte label) {
        int next = size++;
        labels[next] = label;
        depths[next] = depths[state] + 1;
        if (state == 0) {
            roots[label & 0xFF] = next;
        } else {
            siblings[next] = children[state];
            children[state] = next;
        }
        return next;
    }

    /** From the first state outwards, since where a state falls back to is nearer to it. */
    private void link() {
        var queue = new int[size];
        int tail = 0;
        for (int root : roots) {
            if (root != 0) {
                queue[tail++] = root;
            }
        }
        for (int head = 0; head < tail; head++) {
            int state = queue[head];
            for (int child = children[state]; child != 0; child = siblings[child]) {
                fallbacks[child] = next(fallbacks[state], labels[child]);
                // The longest pattern that ends here: the state's own, or one that is an end of it.
                lengths[child] = lengths[child] == 0 ? lengths[fallbacks[child]] : lengths[child];
                queue[tail++] = child;
            }
        }
    }

    private int child(int state, byte label) {
        if (state == 0) {
            return roots[label & 0xFF];
        }
        int child = children[state];
        while (child != 0 && labels[child] != label) {
            child = siblings[child];
        }
        return child;
    }

    int next(int state, byte octet) {
        int from = state;
        while (from != 0) {
            int child = child(from, octet);
            if (child != 0) {
                return child;
            }
            from = fallbacks[from];
        }
        return roots[octet & 0xFF];
    }

    /** How long the pattern is that ends in a state; 0 when none does. */
    int found(int state) {
        return lengths[state];
    }

    /** How much of a pattern has been read in a state. */
    int depth(int state) {
        return depths[state];
    }

    int longest() {
        return longest;
    }

    boolean isEmpty() {
        return longest == 0;
    }
}
