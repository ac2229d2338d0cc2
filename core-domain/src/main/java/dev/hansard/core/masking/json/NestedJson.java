// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Masks strings that are themselves JSON: an object or an array, and nothing else but whitespace around it. Such a
 * string is read twice, because only at its end it is known whether it is JSON. Its depth counts on from the
 * string's. Belongs to one thread.
 */
final class NestedJson {
    private final JsonParts parts;
    private final Trail trail;
    private final MaskedBytes text = new MaskedBytes(0);
    private final MaskedBytes out = new MaskedBytes(0);
    private final JsonSyntax check;
    /** Made when it is needed: each holds the one for its own strings. */
    private @Nullable JsonMasker masker;

    NestedJson(JsonParts parts, Trail trail) {
        this.parts = parts;
        this.trail = trail;
        check = new JsonSyntax(JsonEvents.NONE, parts.options().maxDepth());
    }

    /** Masks the inside of a string that {@link #mayBegin} when it is JSON; otherwise says no. */
    boolean mask(byte[] raw, int from, int to, boolean escaped) throws Unmaskable {
        text.cut(0);
        if (escaped) {
            JsonText.unescape(raw, from, to, text);
        } else {
            text.add(raw, from, to - from);
        }
        if (!mayBegin(text.array(), 0, text.size(), false) || !isJson()) {
            return false;
        }
        if (masker == null) {
            masker = new JsonMasker(parts, out, trail);
        }
        out.cut(0);
        masker.restart("", 0, depthLeft());
        masker.feed(text.array(), 0, text.size());
        masker.finish();
        return true;
    }

    /** The text that is to be in the string now; null when it is as it was. */
    @Nullable
    MaskedBytes masked() {
        return masker != null && masker.hasPatched() ? out : null;
    }

    private boolean isJson() throws Unmaskable {
        check.restart(depthLeft());
        try {
            check.feed(text.array(), 0, text.size());
            check.finish();
            return true;
        } catch (Unmaskable e) {
            if (e.reason() == Reason.DEPTH) {
                throw e;
            }
            return false;
        }
    }

    private int depthLeft() {
        return parts.options().maxDepth() - trail.depth();
    }

    /** Whether the first byte that tells is one of an object or array, or an escape that may stand for it. */
    static boolean mayBegin(byte[] bytes, int from, int to, boolean escaped) {
        for (int at = from; at < to; at++) {
            switch (bytes[at]) {
                case ' ', '\n', '\r', '\t', (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> {}
                case '{', '[' -> {
                    return true;
                }
                default -> {
                    return escaped && bytes[at] == '\\';
                }
            }
        }
        return false;
    }
}
