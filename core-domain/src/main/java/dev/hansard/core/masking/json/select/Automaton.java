// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

import dev.hansard.core.masking.json.select.Selector.Step;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All paths followed at once. Each path has a bit for each number of its steps that are done; a value has the bits
 * of what leads to it, in a row of {@link #words} longs. A child's row is made of its parent's by keeping the bits
 * whose step the child takes and moving them by one, as in the Shift-And search for strings, and by keeping those
 * that descend. Immutable.
 */
final class Automaton {
    /** No selector: a rank above all. */
    static final int NOTHING = Integer.MAX_VALUE;

    /** How many longs a row has; none when there are no paths. */
    final int words;

    private final long[] start;
    private final long[] any;
    private final long[] descend;
    private final long[] accept;
    private final int[] rankOfBit;
    /** What a member takes, by the id of its name. */
    private final long[][] byName;
    /** What an element takes, by the place of its index in {@link #indexes}. */
    private final long[][] byIndex;
    /** All that paths name, ascending. */
    private final int[] indexes;

    Automaton(List<Selector> paths, NameTable names) {
        int bits = paths.stream().mapToInt(path -> path.steps().size() + 1).sum();
        words = (bits + Long.SIZE - 1) / Long.SIZE;
        start = new long[words];
        any = new long[words];
        descend = new long[words];
        accept = new long[words];
        rankOfBit = new int[words * Long.SIZE];
        byName = new long[names.all().size()][words];
        indexes = paths.stream()
                .flatMap(path -> path.steps().stream())
                .mapToInt(Step::index)
                .filter(index -> index != Selector.NO_INDEX)
                .distinct()
                .sorted()
                .toArray();
        byIndex = new long[indexes.length][words];
        int bit = 0;
        for (Selector path : paths) {
            set(start, bit);
            for (Step step : path.steps()) {
                place(step, bit++, names);
            }
            set(accept, bit);
            rankOfBit[bit++] = path.rank();
        }
    }

    private void place(Step step, int bit, NameTable names) {
        if (step.any()) {
            set(any, bit);
        }
        if (step.descend()) {
            set(descend, bit);
        }
        if (step.named()) {
            set(byName[names.idOf(step.name())], bit);
        }
        if (step.index() != Selector.NO_INDEX) {
            set(byIndex[Arrays.binarySearch(indexes, step.index())], bit);
        }
    }

    /** Writes the row of the whole content. */
    void start(long[] rows, int to) {
        System.arraycopy(start, 0, rows, to, words);
    }

    void member(long[] rows, int from, int to, @Nullable KnownName name) {
        child(rows, from, to, name == null ? null : byName[name.id]);
    }

    void element(long[] rows, int from, int to, int index) {
        int place =
                indexes.length == 0 || index > indexes[indexes.length - 1] ? -1 : Arrays.binarySearch(indexes, index);
        child(rows, from, to, place < 0 ? null : byIndex[place]);
    }

    private void child(long[] rows, int from, int to, long @Nullable [] takes) {
        long carry = 0;
        for (int word = 0; word < words; word++) {
            long parent = rows[from + word];
            long taken = parent & (takes == null ? any[word] : any[word] | takes[word]);
            rows[to + word] = (taken << 1) | carry | (parent & descend[word]);
            carry = taken >>> (Long.SIZE - 1);
        }
    }

    /** The lowest rank of the paths that end at a value. */
    int rank(long[] rows, int at) {
        for (int word = 0; word < words; word++) {
            long ends = rows[at + word] & accept[word];
            if (ends != 0) {
                return rankOfBit[word * Long.SIZE + Long.numberOfTrailingZeros(ends)];
            }
        }
        return NOTHING;
    }

    int[] indexes() {
        return indexes.clone();
    }

    /** Forgets what leads to the path of that rank. */
    void without(int rank, long[] row) {
        int end = 0;
        while (end < rankOfBit.length && !(rankOfBit[end] == rank && isSet(accept, end))) {
            end++;
        }
        if (end == rankOfBit.length) {
            return;
        }
        int begin = end;
        while (!isSet(start, begin)) {
            begin--;
        }
        for (int bit = begin; bit <= end; bit++) {
            row[bit / Long.SIZE] &= ~(1L << bit);
        }
    }

    private static boolean isSet(long[] bits, int bit) {
        return ((bits[bit / Long.SIZE] >>> bit) & 1) != 0;
    }

    private static void set(long[] bits, int bit) {
        bits[bit / Long.SIZE] |= 1L << bit;
    }
}
