// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.value.SessionId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of so many records in a row, packed into 57 bytes each, and which of them have been seen. It
 * bounds the memory of a verification however long the ledger is. Belongs to one thread.
 */
final class Window {
    /** Records of one window: 15 MiB. */
    static final int RECORDS = 1 << 18;

    private static final int ID_WORDS = 2;
    private static final int HASH_WORDS = 4;

    private final long[] sequences;
    private final long[] ids;
    private final long[] hashes;
    private final byte[] flags;
    private int count;
    private @Nullable Map<Hash, Integer> byHash;

    private static final byte SEEN = 1;
    private static final byte DOUBTFUL = 2;

    Window(int records) {
        sequences = new long[records];
        ids = new long[ID_WORDS * records];
        hashes = new long[HASH_WORDS * records];
        flags = new byte[records];
    }

    /**
     * @param doubtful whether the leaf itself is not what was signed
     */
    void add(LedgerEntry.Session entry, boolean doubtful) {
        sequences[count] = entry.sequence();
        ids[ID_WORDS * count] = entry.id().high();
        ids[ID_WORDS * count + 1] = entry.id().low();
        Hash hash = entry.frame();
        int at = HASH_WORDS * count;
        hashes[at] = hash.first();
        hashes[at + 1] = hash.second();
        hashes[at + 2] = hash.third();
        hashes[at + 3] = hash.fourth();
        flags[count] = doubtful ? DOUBTFUL : 0;
        count++;
    }

    boolean isFull() {
        return count == sequences.length;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** Whether a record could be told from its neighbours by its sequence. */
    boolean accepts(long sequence) {
        return count == 0 || sequence > sequences[count - 1];
    }

    /** Place of the record with this sequence; negative when there is none. */
    int slot(long sequence) {
        return Arrays.binarySearch(sequences, 0, count, sequence);
    }

    /** Place of the record with this hash; -1 when there is none. */
    int slotOf(Hash hash) {
        Map<Hash, Integer> index = byHash;
        if (index == null) {
            index = new HashMap<>();
            for (int i = 0; i < count; i++) {
                index.put(hash(i), i);
            }
            byHash = index;
        }
        return index.getOrDefault(hash, -1);
    }

    long sequence(int slot) {
        return sequences[slot];
    }

    SessionId id(int slot) {
        return new SessionId(ids[ID_WORDS * slot], ids[ID_WORDS * slot + 1]);
    }

    boolean hasId(int slot, SessionId id) {
        return ids[ID_WORDS * slot] == id.high() && ids[ID_WORDS * slot + 1] == id.low();
    }

    private Hash hash(int slot) {
        int at = HASH_WORDS * slot;
        return new Hash(hashes[at], hashes[at + 1], hashes[at + 2], hashes[at + 3]);
    }

    boolean hasHash(int slot, Hash hash) {
        int at = HASH_WORDS * slot;
        return hashes[at] == hash.first()
                && hashes[at + 1] == hash.second()
                && hashes[at + 2] == hash.third()
                && hashes[at + 3] == hash.fourth();
    }

    boolean isDoubtful(int slot) {
        return (flags[slot] & DOUBTFUL) != 0;
    }

    boolean isSeen(int slot) {
        return (flags[slot] & SEEN) != 0;
    }

    void see(int slot) {
        flags[slot] |= SEEN;
    }

    long first() {
        return sequences[0];
    }

    long last() {
        return sequences[count - 1];
    }

    void clear() {
        count = 0;
        byHash = null;
    }
}
