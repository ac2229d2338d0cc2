// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.audit;

/** Hears of those who were not let in. It never fails and never waits: whoever refuses must not be held up by it. */
@FunctionalInterface
public interface Refusals {
    /** Nobody listens. */
    Refusals UNHEARD = (_, _, _) -> {};

    /**
     * Somebody was refused.
     *
     * @param listener where they came
     * @param reason why, in words of ours
     * @param from textual IP address of the peer
     */
    void refused(String listener, String reason, String from);
}
