// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.notify;

import java.time.Duration;

/**
 * One destination of notices. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface NoticeSink extends Notices, AutoCloseable {
    /** How it has fared since it was opened. */
    Figures figures();

    /** Delivers what waits, for at most so long, and stops; what is left then is counted as dropped. */
    void close(Duration patience);

    /** Stops at once. */
    @Override
    default void close() {
        close(Duration.ZERO);
    }

    /**
     * How a sink has fared.
     *
     * @param waiting notices not yet delivered
     * @param delivered notices that the other side has taken
     * @param failed attempts that came to nothing
     * @param dropped notices given up: refused for good, tried for too long, or no room for them
     * @param trouble what is wrong now, for people; empty when nothing is
     * @since 0.1
     */
    record Figures(int waiting, long delivered, long failed, long dropped, String trouble) {}
}
