// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.NameRules;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The names that selectors know, found by the bytes of a name. Names of ASCII without escapes, that is nearly all, are
 * folded and hashed byte by byte and cost no object; others are decoded. Immutable.
 */
final class NameTable {
    /** Composing and folding make at most this many code points of four bytes each into one. */
    private static final int MOST_BYTES_A_CODE_POINT = 4 * 16;

    private static final byte[] FOLD = foldTable();

    private final Map<String, Entry> byName;
    private final @Nullable Entry[] slots;
    /** A bit for each length in bytes that a known name has. */
    private final long lengths;

    private final int longest;

    /** One known name. */
    static final class Entry {
        final int id;
        final String name;
        private final byte[] bytes;
        private final int hash;

        Entry(int id, String name) {
            this.id = id;
            this.name = name;
            bytes = name.getBytes(StandardCharsets.UTF_8);
            hash = hash(bytes, 0, bytes.length);
        }

        private boolean is(byte[] other, int from, int to) {
            if (to - from != bytes.length) {
                return false;
            }
            for (int i = 0; i < bytes.length; i++) {
                if (FOLD[other[from + i] & 0xFF] != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param names folded, and each once */
    NameTable(Collection<String> names) {
        byName = new HashMap<>();
        slots = new @Nullable Entry[Integer.highestOneBit(8 * Math.max(1, names.size()))];
        long someLengths = 0;
        int most = 0;
        for (String name : names) {
            var entry = new Entry(byName.size(), name);
            byName.put(name, entry);
            put(entry);
            someLengths |= 1L << Math.min(entry.bytes.length, Long.SIZE - 1);
            most = Math.max(most, name.codePointCount(0, name.length()));
        }
        lengths = someLengths;
        longest = most;
    }

    Collection<Entry> entries() {
        return byName.values();
    }

    /** @param folded a known name */
    int idOf(String folded) {
        return Objects.requireNonNull(byName.get(folded), folded).id;
    }

    /** Looks an ASCII name up. */
    @Nullable Entry ascii(byte[] bytes, int from, int to) {
        if ((lengths >>> Math.min(to - from, Long.SIZE - 1) & 1) == 0) {
            return null;
        }
        int hash = hash(bytes, from, to);
        for (int slot = hash; ; slot++) {
            Entry entry = slots[slot & slots.length - 1];
            if (entry == null || (entry.hash == hash && entry.is(bytes, from, to))) {
                return entry;
            }
        }
    }

    /** Looks a name up that is in UTF-8 and without escapes. */
    @Nullable Entry wide(byte[] bytes, int from, int to) {
        // Composing takes more than linear time on names that are made for it; such names are never known ones.
        if (to - from > longest * MOST_BYTES_A_CODE_POINT) {
            return null;
        }
        return byName.get(NameRules.folded(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
    }

    private void put(Entry entry) {
        int slot = entry.hash;
        while (slots[slot & slots.length - 1] != null) {
            slot++;
        }
        slots[slot & slots.length - 1] = entry;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + FOLD[bytes[i] & 0xFF];
        }
        return hash ^ hash >>> 15;
    }

    private static byte[] foldTable() {
        var fold = new byte[256];
        for (int b = 0; b < fold.length; b++) {
            fold[b] = (byte) (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
        }
        return fold;
    }
}
