// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.decode.ContentDecoding;
import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;
import dev.hansard.core.masking.rule.Unmaskable.Reason;

/**
 * A masker that waits for the whole content, which is never longer than what is inspected: what it finds may reach from
 * the first byte to the last. Belongs to one thread.
 */
public abstract class WholeContent implements ContentMasker {
    private final MaskedBytes content = new MaskedBytes(0);

    @Override
    public final void feed(byte[] bytes, int offset, int length) throws Unmaskable {
        if (length > ContentDecoding.MAX_INSPECTED - content.size()) {
            String detail = "the content is longer than " + ContentDecoding.MAX_INSPECTED + " bytes";
            throw new Unmaskable(Reason.SIZE, detail);
        }
        content.add(bytes, offset, length);
    }

    @Override
    public final void finish() throws Unmaskable {
        mask(content.array(), 0, content.size());
    }

    /** Masks a content that is there already, without copying it first. */
    public abstract void mask(byte[] bytes, int from, int to) throws Unmaskable;
}
