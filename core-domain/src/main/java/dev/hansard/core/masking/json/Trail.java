// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.json.select.KnownName;
import dev.hansard.core.masking.json.select.SelectorWalk;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Treatment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The way from the whole content down to the value that is read, and what selects it. Belongs to one thread. */
final class Trail {
    private static final int OBJECT = -2;
    /** An escape takes at most this many bytes for a char. */
    private static final int LONGEST_NAME = 6 * Findings.MAX_PLACE;

    private final SelectorWalk walk;
    private final MaskedBytes out;
    private final MaskedBytes name = new MaskedBytes(0);
    private final @Nullable Trail outer;

    /** By depth: the index of the element that is read, or {@link #OBJECT}. */
    private final int[] index;
    /** By depth: where the name of the member that is read lies in the output. */
    private final int[] nameFrom;

    private final int[] nameTo;

    private int depth;
    private @Nullable KnownName member;
    private String kind = "";
    private long number;

    /** @param outer where this content is a string in another; null where it is not */
    Trail(JsonSelectors selectors, MaskedBytes out, int maxDepth, @Nullable Trail outer) {
        walk = new SelectorWalk(selectors, maxDepth);
        this.out = out;
        this.outer = outer;
        index = new int[maxDepth + 1];
        nameFrom = new int[maxDepth + 1];
        nameTo = new int[maxDepth + 1];
    }

    /** Another text begins. Its places begin with a kind and a number, as in {@code line:3}; not if there is none. */
    void restart(String newKind, long newNumber) {
        walk.restart();
        depth = 0;
        kind = newKind;
        number = newNumber;
    }

    int depth() {
        return depth;
    }

    /** The next member has this name. */
    void name(@Nullable KnownName entry) {
        member = entry;
    }

    /** Where the next member's name lies. */
    void nameAt(int from, int to) {
        nameFrom[depth] = from;
        nameTo[depth] = to;
    }

    /** Goes on to the next value, and says what selects it. */
    @Nullable
    Treatment next() {
        if (depth > 0) {
            return index[depth] == OBJECT ? walk.member(member) : walk.element(++index[depth]);
        }
        if (outer == null) {
            return walk.whole();
        }
        walk.whole(outer.walk);
        return null;
    }

    void open(boolean object) {
        walk.open();
        depth++;
        index[depth] = object ? OBJECT : -1;
    }

    void close() {
        walk.close();
        depth--;
    }

    /** The place of the value that is read, as a JSON Pointer. */
    String place() {
        var place = new StringBuilder(outer == null ? "" : outer.place());
        if (!kind.isEmpty()) {
            place.append(kind).append(':').append(number);
        }
        for (int d = 1; d <= depth && place.length() <= Findings.MAX_PLACE; d++) {
            place.append('/');
            if (index[d] == OBJECT) {
                place.append(nameAt(d).replace("~", "~0").replace("/", "~1"));
            } else {
                place.append(index[d]);
            }
        }
        return place.toString();
    }

    private String nameAt(int d) {
        int end = Math.min(nameTo[d], nameFrom[d] + LONGEST_NAME);
        name.cut(0);
        JsonText.unescape(out.array(), nameFrom[d], end, name);
        return new String(Arrays.copyOf(name.array(), name.size()), StandardCharsets.UTF_8);
    }
}
