// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

import dev.hansard.core.masking.rule.ContentMasker;
import dev.hansard.core.masking.rule.MaskedBytes;

/** Makes maskers of JSON, which lies in contents of other formats, too. Belongs to one thread. */
public interface JsonMaskers {
    /** Of one JSON text. */
    ContentMasker text(MaskedBytes out);

    /** Of JSON texts, each on its line or behind a record separator. */
    ContentMasker lines(MaskedBytes out);
}
