// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.MaskAction;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.ValueScanner;
import java.util.Arrays;

/**
 * Finds what a scanner recognises in one text, and writes the text without it. All bytes that are not part of a hit
 * stay as they were sent, escapes included; an escape that a hit touches goes with it. Belongs to one thread.
 */
final class TextPatcher implements ValueScanner.Hits {
    private static final int SOME = 8;

    private final ValueScanner scanner;
    private final Replacer replacer;
    private final MaskedBytes text = new MaskedBytes(0);
    private final MaskedBytes raw = new MaskedBytes(0);

    private int hits;
    private int[] from = new int[SOME];
    private int[] to = new int[SOME];
    private Treatment[] treatments = new Treatment[SOME];
    private boolean[] changes = new boolean[SOME];
    private int textLength;
    private boolean escaped;

    TextPatcher(ValueScanner scanner, Replacer replacer) {
        this.scanner = scanner;
        this.replacer = replacer;
    }

    /** Looks through a text as it was sent, and says whether there is something to patch. */
    boolean find(byte[] bytes, int start, int end, boolean hasEscapes) {
        hits = 0;
        escaped = hasEscapes;
        if (hasEscapes) {
            text.cut(0);
            JsonText.unescape(bytes, start, end, text);
            textLength = text.size();
            scanner.scan(text.array(), 0, textLength, this);
        } else {
            textLength = end - start;
            scanner.scan(bytes, start, end, this);
            shift(start);
        }
        return hits > 0;
    }

    /** Looks through the digits of a number that is not written with digits only. */
    boolean findPlain(byte[] bytes, int start, int end) {
        hits = 0;
        escaped = false;
        text.cut(0);
        if (NumberText.plain(bytes, start, end, text)) {
            textLength = text.size();
            scanner.scan(text.array(), 0, textLength, this);
        }
        return hits > 0;
    }

    /** The digits that {@link #findPlain} has looked through. */
    MaskedBytes plain() {
        return text;
    }

    @Override
    public void hit(int hitFrom, int hitTo, Treatment treatment) {
        if (hitFrom >= hitTo) {
            return;
        }
        if (hits == from.length) {
            from = Arrays.copyOf(from, 2 * hits);
            to = Arrays.copyOf(to, 2 * hits);
            treatments = Arrays.copyOf(treatments, 2 * hits);
            changes = Arrays.copyOf(changes, 2 * hits);
        }
        from[hits] = hitFrom;
        to[hits] = hitTo;
        changes[hits] = true;
        treatments[hits++] = treatment;
    }

    int hits() {
        return hits;
    }

    String rule(int hit) {
        return treatments[hit].rule();
    }

    /** Whether a hit was not replaced by itself, as a mask may be that is one already; known once it is patched. */
    boolean isChange(int hit) {
        return changes[hit];
    }

    /** Whether nothing is to be left of the text. */
    boolean dropsAll() {
        return hits == 1 && from[0] == 0 && to[0] == textLength && treatments[0].action() instanceof MaskAction.Drop;
    }

    /** Puts what was found in the place of the text that lies at the end of {@code out} from {@code start} on. */
    void patch(MaskedBytes out, int start) {
        raw.cut(0);
        raw.add(out.array(), start, out.size() - start);
        out.cut(start);
        byte[] clear = escaped ? text.array() : raw.array();
        int rawAt = 0;
        int textAt = 0;
        for (int hit = 0; hit < hits; hit++) {
            int copied = rawAt;
            for (int next; rawAt < raw.size() && (next = textAt + textLength(rawAt)) <= from[hit]; textAt = next) {
                rawAt += rawLength(rawAt);
            }
            out.add(raw.array(), copied, rawAt - copied);
            byte[] by = replacer.replace(treatments[hit].action(), clear, from[hit], to[hit]);
            changes[hit] = !Arrays.equals(by, 0, by.length, clear, from[hit], to[hit]);
            out.add(by);
            for (; rawAt < raw.size() && textAt < to[hit]; rawAt += rawLength(rawAt)) {
                textAt += textLength(rawAt);
            }
        }
        out.add(raw.array(), rawAt, raw.size() - rawAt);
    }

    private int rawLength(int at) {
        return escaped ? JsonText.rawLength(raw.array(), at, raw.size()) : 1;
    }

    private int textLength(int at) {
        return escaped ? JsonText.textLength(raw.array(), at, rawLength(at)) : 1;
    }

    private void shift(int start) {
        for (int hit = 0; hit < hits; hit++) {
            from[hit] -= start;
            to[hit] -= start;
        }
    }
}
