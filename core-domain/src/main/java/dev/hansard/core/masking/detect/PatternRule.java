// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import dev.hansard.core.masking.detect.Overlaps.Found;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.ValueScanner.Hits;
import dev.hansard.ports.masking.TextPattern;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The regular expression of a rule. With an anchor it is run only over lines that hold the anchor, each on its own, and
 * of a long line only over what is near: so it costs next to nothing where there is none. Immutable.
 */
final class PatternRule {
    /**
     * How far before and after an anchor a match may reach, in bytes; in a line that is not longer, to its ends. What
     * matches further is cut there. A text of more than one block is cut likewise.
     */
    static final int MAX_MATCH = 32 << 10;

    /** So many bytes are run over at once, so that there are times at which it can be stopped. */
    static final int BLOCK = 256 << 10;

    private static final int MAX_CHARACTER = 4;
    private static final int BYTE_VALUES = 256;

    private final TextPattern pattern;
    private final byte[] anchor;
    private final int[] skips = new int[BYTE_VALUES];
    private final Treatment treatment;
    private final int order;

    PatternRule(TextPattern pattern, String anchor, Treatment treatment, int order) {
        this.pattern = pattern;
        this.anchor = anchor.getBytes(StandardCharsets.UTF_8);
        this.treatment = treatment;
        this.order = order;
        Arrays.fill(skips, this.anchor.length);
        for (int i = 0; i < this.anchor.length - 1; i++) {
            skips[this.anchor[i] & 0xFF] = this.anchor.length - 1 - i;
        }
    }

    void find(byte[] bytes, int from, int to, List<Found> found, Hits hits) {
        if (anchor.length == 0) {
            run(bytes, from, to, found, hits);
            return;
        }
        int done = from;
        int at = next(bytes, from, to);
        while (at >= 0) {
            int start = lineStart(bytes, at, done);
            int end = at;
            // Anchors whose surroundings touch are one window, so that nothing is read twice.
            do {
                end = lineEnd(bytes, Math.max(end, at + anchor.length), at + anchor.length, to);
                at = next(bytes, at + anchor.length, to);
            } while (at >= 0 && at < end);
            run(bytes, start, end, found, hits);
            done = end;
        }
    }

    private void run(byte[] bytes, int from, int to, List<Found> found, Hits hits) {
        int at = from;
        while (at < to) {
            int blockFrom = at;
            int blockTo = to - at > BLOCK + MAX_MATCH ? at + BLOCK : to;
            int start = at == from ? from : startOfCharacter(bytes, Math.max(from, at - MAX_MATCH));
            int end = blockTo == to ? to : startOfCharacter(bytes, Math.min(to - 1, blockTo + MAX_MATCH));
            hits.work(end - start);
            // What touches two blocks is found in both.
            pattern.find(bytes, start, end, (matchFrom, matchTo) -> {
                if (matchFrom < blockTo && matchTo > blockFrom) {
                    found.add(new Found(matchFrom, matchTo, order, treatment));
                }
            });
            at = blockTo;
        }
    }

    /** Of the character that a byte belongs to, where the text is UTF-8. */
    private static int startOfCharacter(byte[] bytes, int at) {
        int start = at;
        while (at - start < MAX_CHARACTER - 1 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        return start;
    }

    private static int lineStart(byte[] bytes, int at, int limit) {
        int nearest = Math.max(limit, at - MAX_MATCH);
        int start = at;
        while (start > nearest && bytes[start - 1] != '\n') {
            start--;
        }
        // Not inside a character.
        while (start < at && start > limit && (bytes[start] & 0xC0) == 0x80) {
            start++;
        }
        return start;
    }

    /** @param known up to where there is no end of a line */
    private static int lineEnd(byte[] bytes, int known, int at, int limit) {
        int furthest = limit - at > MAX_MATCH ? at + MAX_MATCH : limit;
        int end = known;
        while (end < furthest && bytes[end] != '\n') {
            end++;
        }
        while (end > at && end < limit && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }

    /** The next anchor, by the algorithm of Horspool; -1 for none. */
    private int next(byte[] bytes, int from, int to) {
        int last = anchor.length - 1;
        int at = from;
        while (at + last < to) {
            byte end = bytes[at + last];
            if (end == anchor[last] && matches(bytes, at)) {
                return at;
            }
            at += skips[end & 0xFF];
        }
        return -1;
    }

    private boolean matches(byte[] bytes, int at) {
        for (int i = 0; i < anchor.length - 1; i++) {
            if (bytes[at + i] != anchor[i]) {
                return false;
            }
        }
        return true;
    }
}
