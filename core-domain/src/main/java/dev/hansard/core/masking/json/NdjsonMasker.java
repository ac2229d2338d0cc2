// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json;

import dev.hansard.core.masking.json.select.JsonSelectors;
import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.ValueScanner;

/**
 * Masks many JSON texts one after another: one a line, or, when the first byte is a record separator, JSON text
 * sequences (RFC 7464), in which a text may have many lines. Empty lines stay. Places begin with {@code line:3} or
 * {@code text:3}, counted from 1.
 */
public final class NdjsonMasker implements ContentMasker {
    private static final byte LINE_FEED = '\n';
    private static final byte RECORD_SEPARATOR = 0x1E;

    private final JsonMasker text;
    private final MaskedBytes out;
    private final int maxDepth;

    private byte separator;
    private long texts = 1;

    public NdjsonMasker(
            JsonSelectors selectors,
            ValueScanner scanner,
            Replacer replacer,
            Findings findings,
            MaskedBytes out,
            JsonOptions options) {
        text = new JsonMasker(selectors, scanner, replacer, findings, out, options);
        this.out = out;
        maxDepth = options.maxDepth();
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) throws Unmaskable {
        if (length > 0 && separator == 0) {
            separator = bytes[offset] == RECORD_SEPARATOR ? RECORD_SEPARATOR : LINE_FEED;
            texts = separator == RECORD_SEPARATOR ? 0 : 1;
            restart();
        }
        int end = offset + length;
        int from = offset;
        for (int at = offset; at < end; at++) {
            if (bytes[at] == separator) {
                text.feed(bytes, from, at - from);
                finish();
                out.add(separator);
                texts++;
                restart();
                from = at + 1;
            }
        }
        text.feed(bytes, from, end - from);
    }

    @Override
    public void finish() throws Unmaskable {
        if (!text.isBlank()) {
            text.finish();
        }
    }

    private void restart() {
        text.restart(separator == LINE_FEED ? "line" : "text", texts, maxDepth);
    }
}
