// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import dev.hansard.ports.exchange.Refusal;
import org.jspecify.annotations.Nullable;

/** What the limits of its service say to a call. */
public sealed interface Entry {
    /** To be called once, when the call is at its end. */
    default void leave() {}

    /** It may go on, and nothing has to be given back. */
    enum Free implements Entry {
        FREE
    }

    /**
     * It stops here.
     *
     * @param recorded whether there is to be a record of it; a flood of refusals is counted, but not kept
     */
    record Over(Refusal refusal, boolean recorded) implements Entry {}

    /** It may go on, and counts as long as it does. */
    final class Seated implements Entry {
        private final @Nullable Seats ofService;
        private final @Nullable Seats ofCaller;

        Seated(@Nullable Seats ofService, @Nullable Seats ofCaller) {
            this.ofService = ofService;
            this.ofCaller = ofCaller;
        }

        @Override
        public void leave() {
            if (ofService != null) {
                ofService.leave();
            }
            if (ofCaller != null) {
                ofCaller.leave();
            }
        }
    }
}
