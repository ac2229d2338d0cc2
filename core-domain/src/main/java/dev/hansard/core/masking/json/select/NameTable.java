// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

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
    private static final int LONGEST_TOLD_APART = Long.SIZE - 1;

    private static final byte[] FOLD = foldTable();

    private final Map<String, KnownName> byName = new HashMap<>();
    /** Open addressing, at most half full. */
    private final @Nullable KnownName[] slots;

    private final byte[][] bytes;
    private final int[] hashes;
    /** A bit for each length in bytes that a known name has. */
    private final long lengths;

    private final int longest;

    /** @param names folded, and each once */
    NameTable(Collection<String> names) {
        slots = new @Nullable KnownName[Integer.highestOneBit(4 * names.size() + 1)];
        bytes = new byte[names.size()][];
        hashes = new int[names.size()];
        long someLengths = 0;
        int most = 0;
        for (String text : names) {
            var name = new KnownName(byName.size(), text);
            byName.put(text, name);
            put(name);
            someLengths |= 1L << Math.min(bytes[name.id].length, LONGEST_TOLD_APART);
            most = Math.max(most, text.length());
        }
        lengths = someLengths;
        longest = most;
    }

    private void put(KnownName name) {
        byte[] encoded = name.name.getBytes(StandardCharsets.UTF_8);
        int slot = hash(encoded, 0, encoded.length);
        bytes[name.id] = encoded;
        hashes[name.id] = slot;
        while (slots[slot & (slots.length - 1)] != null) {
            slot++;
        }
        slots[slot & (slots.length - 1)] = name;
    }

    Collection<KnownName> all() {
        return byName.values();
    }

    /** @param folded a known name */
    int idOf(String folded) {
        return Objects.requireNonNull(byName.get(folded), folded).id;
    }

    @Nullable
    KnownName ascii(byte[] array, int from, int to) {
        if (((lengths >>> Math.min(to - from, LONGEST_TOLD_APART)) & 1) == 0) {
            return null;
        }
        int hash = hash(array, from, to);
        for (int slot = hash; ; slot++) {
            KnownName name = slots[slot & (slots.length - 1)];
            if (name == null || (hashes[name.id] == hash && isSame(bytes[name.id], array, from, to))) {
                return name;
            }
        }
    }

    @Nullable
    KnownName wide(byte[] array, int from, int to) {
        return NameRules.find(byName, longest, new String(array, from, to - from, StandardCharsets.UTF_8));
    }

    private static boolean isSame(byte[] known, byte[] array, int from, int to) {
        if (to - from != known.length) {
            return false;
        }
        for (int i = 0; i < known.length; i++) {
            if (FOLD[array[from + i] & 0xFF] != known[i]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] array, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + FOLD[array[i] & 0xFF];
        }
        return hash ^ (hash >>> 15);
    }

    private static byte[] foldTable() {
        var fold = new byte[256];
        for (int b = 0; b < fold.length; b++) {
            fold[b] = (byte) (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
        }
        return fold;
    }
}
