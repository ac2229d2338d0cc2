// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

import java.util.Arrays;

/**
 * A set of token hashes up to a limit; when that is reached it only knows that it is too many. An open table of longs:
 * the hashes are mixed already, so their lowest bits say where. Whoever sends words that are chosen to fall on one
 * place makes the set give up, instead of making it slow: no place is further than {@link #MOST_PROBES} from where it
 * should be, which among a million ordinary words happens to none. Belongs to one thread and is used again and again.
 */
public final class TokenSet {
    private static final int INITIAL = 1 << 10;
    private static final int MOST_PROBES = 256;
    /** A larger table is not kept for the next use. */
    private static final int KEPT = 1 << 13;

    private final int limit;
    /** Zero is an empty place; a hash that is zero is kept as one. */
    private long[] table = new long[INITIAL];

    private int size;
    private boolean overflown;

    /** A set of at most {@code limit} hashes. */
    public TokenSet(int limit) {
        this.limit = limit;
    }

    /** Adds a hash, if it is not there and there is room. */
    public void add(long hash) {
        long kept = hash == 0 ? 1 : hash;
        int at = placeOf(kept);
        if (at < 0 || table[at] == kept) {
            overflown |= at < 0;
            return;
        }
        if (size == limit) {
            overflown = true;
            return;
        }
        table[at] = kept;
        if (++size > table.length / 2) {
            grow();
        }
    }

    /** Where a hash is or would be; -1 when that is too far off. */
    private int placeOf(long kept) {
        int mask = table.length - 1;
        int first = (int) kept & mask;
        for (int i = 0; i < MOST_PROBES; i++) {
            int at = (first + i) & mask;
            if (table[at] == 0 || table[at] == kept) {
                return at;
            }
        }
        return -1;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        for (long kept : old) {
            int at = kept == 0 ? 0 : placeOf(kept);
            if (at < 0) {
                overflown = true;
            } else if (kept != 0) {
                table[at] = kept;
            }
        }
    }

    /** Adds all of another set. */
    public void addAll(TokenSet other) {
        for (long kept : other.table) {
            if (kept != 0) {
                add(kept);
            }
        }
        overflown |= other.overflown;
    }

    public int size() {
        return size;
    }

    /** Whether there were more than it can hold. */
    public boolean isOverflown() {
        return overflown;
    }

    /** It can say nothing about what it holds. */
    public void overflow() {
        overflown = true;
    }

    public void clear() {
        if (table.length > KEPT) {
            table = new long[INITIAL];
        } else {
            Arrays.fill(table, 0);
        }
        size = 0;
        overflown = false;
    }

    /** The hashes, in no order. */
    public long[] toArray() {
        return Arrays.stream(table).filter(kept -> kept != 0).toArray();
    }
}
