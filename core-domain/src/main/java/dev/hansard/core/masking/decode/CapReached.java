// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.decode;

import dev.hansard.core.masking.rule.Unmaskable;
import java.io.IOException;

/** Brings what a limit says through the decoders that read from the limited stream. */
final class CapReached extends IOException {
    private static final long serialVersionUID = 1L;

    private final Unmaskable unmaskable;

    CapReached(Unmaskable unmaskable) {
        super(unmaskable.getMessage());
        this.unmaskable = unmaskable;
    }

    Unmaskable unmaskable() {
        return unmaskable;
    }
}
