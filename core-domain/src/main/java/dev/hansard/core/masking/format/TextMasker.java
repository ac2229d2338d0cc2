// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.decode.Unicode;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;

/**
 * Masks a text in UTF-8 of which no more is known: what detectors recognise, and what stands after names that are
 * secret or that rules have. It is also what {@code on-unparsable: detectors} falls back on; what is no text is refused
 * even then. Belongs to one thread.
 */
public final class TextMasker extends WholeContent {
    private final ValueMasking values;
    private final MaskedBytes out;

    public TextMasker(ValueMasking values, MaskedBytes out) {
        this.values = values;
        this.out = out;
    }

    @Override
    public void mask(byte[] bytes, int from, int to) throws Unmaskable {
        if (!Unicode.isUtf8(bytes, from, to)) {
            throw new Unmaskable(Reason.CHARSET, "the text is not UTF-8");
        }
        if (new Looks(bytes, from, to).isBinary()) {
            throw new Unmaskable(Reason.FORMAT, "the content is binary");
        }
        byte[] masked = values.scanned(Spelled.plain(bytes, from, to), from, to, null);
        if (masked == null) {
            out.add(bytes, from, to - from);
        } else {
            out.add(masked);
        }
    }
}
