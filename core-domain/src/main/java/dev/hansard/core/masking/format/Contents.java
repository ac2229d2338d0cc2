// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.rule.MaskedBytes;
import dev.hansard.core.masking.rule.Unmaskable;

/** Masks whole contents, whatever their format is: a body, or what lies in one. Belongs to one thread. */
public interface Contents {
    /** How deep contents may lie in contents: parts in parts, JSON in a form in a part. */
    int MAX_NESTING = 8;

    /**
     * Adds the masked content to {@code out}. What it has added before it throws must not be used.
     *
     * @param label what the content is said to be
     * @param depth how many contents it lies in
     */
    void mask(byte[] bytes, int from, int to, MediaType label, int depth, MaskedBytes out) throws Unmaskable;
}
