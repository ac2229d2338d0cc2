// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * The way in for a call: decides on its head and hands out the {@link Call} that carries it through. Safe for any
 * number of threads.
 *
 * @since 0.1
 */
public interface Gateway {
    /** Decides on the head alone; the body has not been read. May wait for an identity provider for some seconds. */
    Admission admit(RequestHead head, Arrival arrival);

    /**
     * Counts what was refused before there was a head to decide on: by the codec, or by a limit of the listener. A
     * connection too many counts as the one request that it would have brought.
     */
    void refusedOnTheWire(String code);

    /** The counters since the start of the process. */
    CallCounts counts();
}
