// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

import dev.hansard.core.masking.rule.Treatment;
import org.jspecify.annotations.Nullable;

/**
 * Follows all selectors down to the value that is read. At each depth it holds what leads to the object or array
 * that is open there. Belongs to one thread.
 */
public final class SelectorWalk {
    private final JsonSelectors selectors;
    private final Automaton paths;
    /** By depth: a row of the automaton. One more than what may be open, for the value that is read. */
    private final long[] rows;

    private int at;

    /**
     * Begins where nothing is open.
     *
     * @param maxDepth how many objects and arrays may be open
     */
    public SelectorWalk(JsonSelectors selectors, int maxDepth) {
        this.selectors = selectors;
        paths = selectors.paths();
        rows = new long[(maxDepth + 2) * paths.words];
    }

    /** Goes back to where nothing is open. */
    public void restart() {
        at = 0;
    }

    /** Goes to the whole content. */
    public @Nullable Treatment whole() {
        paths.start(rows, at + paths.words);
        return selectors.treatment(paths.rank(rows, at + paths.words));
    }

    /** Goes to the whole content, which is the value that another walk is at, so that paths lead on into it. */
    public void whole(SelectorWalk outer) {
        System.arraycopy(outer.rows, outer.at + paths.words, rows, at + paths.words, paths.words);
    }

    /** Goes to a member of the object that is open. */
    public @Nullable Treatment member(@Nullable KnownName name) {
        int to = at + paths.words;
        paths.member(rows, at, to, name);
        return selectors.treatment(Math.min(selectors.rankOf(name), paths.rank(rows, to)));
    }

    /** Goes to an element of the array that is open. */
    public @Nullable Treatment element(int index) {
        int to = at + paths.words;
        paths.element(rows, at, to, index);
        return selectors.treatment(paths.rank(rows, to));
    }

    /** Opens the value it is at. */
    public void open() {
        at += paths.words;
    }

    public void close() {
        at -= paths.words;
    }
}
