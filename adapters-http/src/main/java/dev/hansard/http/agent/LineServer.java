// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.agent;

import java.io.InputStream;
import java.io.OutputStream;

/** Serves the calls that come over a connection to the gateway. */
public interface LineServer {
    /**
     * Serves one connection to its end, on the calling thread.
     *
     * @param close ends it and whatever blocks on it
     * @return whether a request came over it
     */
    boolean serve(InputStream in, OutputStream out, Runnable close);

    /** Calls that are under way, each on a connection of its own. */
    int inFlight();

    /** Takes no further calls: each connection ends with its call, or once the gateway has seen that it is to end. */
    void drain();
}
