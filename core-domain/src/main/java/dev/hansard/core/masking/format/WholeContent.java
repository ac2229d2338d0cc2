// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;

/**
 * A masker that waits for the whole content, which is never longer than what is inspected: what it finds may reach from
 * the first byte to the last. Belongs to one thread.
 */
public abstract class WholeContent implements ContentMasker {
    private final MaskedBytes content = new MaskedBytes(0);

    @Override
    public final void feed(byte[] bytes, int offset, int length) {
        content.add(bytes, offset, length);
    }

    @Override
    public final void finish() throws Unmaskable {
        mask(content.array(), 0, content.size());
    }

    /** Masks a content that is there already, without copying it first. */
    public abstract void mask(byte[] bytes, int from, int to) throws Unmaskable;
}
