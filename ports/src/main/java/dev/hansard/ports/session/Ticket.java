// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.time.Duration;

/**
 * The promise that an appended entry becomes durable.
 *
 * @since 0.1
 */
public interface Ticket {
    /** Waits until the entry is durable (fdatasync has returned), has failed, or {@code limit} is over. */
    Commit await(Duration limit);

    /** How an append ended. */
    enum Commit {
        /** It survives a crash and a power loss. */
        DURABLE,
        /** It could not be written; it will not become durable. */
        FAILED,
        /** Not known yet: it may still become durable. */
        LATE
    }
}
