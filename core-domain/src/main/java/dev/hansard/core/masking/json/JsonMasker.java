// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.ValueScanner;
import org.jspecify.annotations.Nullable;

/**
 * Masks one JSON text in UTF-8. The bytes are copied as they are, but for the values that selectors select, at
 * every duplicate of a name, and for what the scanner recognises in names, strings and numbers. It makes no object
 * for a token: a name is hashed where it lies, and the output is the only memory that grows.
 */
public final class JsonMasker implements ContentMasker {
    private final JsonPatcher patcher;
    private final JsonSyntax syntax;

    public JsonMasker(
            JsonSelectors selectors,
            ValueScanner scanner,
            Replacer replacer,
            Findings findings,
            MaskedBytes out,
            JsonOptions options) {
        this(new JsonParts(selectors, scanner, replacer, findings, options), out, null);
    }

    JsonMasker(JsonParts parts, MaskedBytes out, @Nullable Trail outer) {
        patcher = new JsonPatcher(parts, out, outer);
        syntax = new JsonSyntax(patcher, parts.options().maxDepth());
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) throws Unmaskable {
        RunCopy copy = patcher.copy();
        copy.begin(bytes, offset);
        syntax.feed(bytes, offset, length);
        copy.end(syntax.position());
    }

    @Override
    public void finish() throws Unmaskable {
        syntax.finish();
    }

    /** Another text begins; see {@link Trail#restart}. */
    void restart(String kind, long number, int maxDepth) {
        patcher.restart(kind, number);
        syntax.restart(maxDepth);
    }

    /** Whether nothing but whitespace was fed since the start. */
    boolean isBlank() {
        return syntax.isBlank();
    }

    /** Whether something was replaced since the start. */
    boolean hasPatched() {
        return patcher.hasPatched();
    }
}
