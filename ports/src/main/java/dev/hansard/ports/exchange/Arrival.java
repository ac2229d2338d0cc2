// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Where a request came in: the same for every request of one connection.
 *
 * @param listener name of the listener in the configuration
 * @param callerAddress textual IP address of the peer
 * @param secure whether the connection is TLS
 * @param restartsTrace whether a received trace context is not trusted and a new trace begins (W3C Trace Context)
 * @param certificates the chain that the caller authenticated the connection with, its own first; verified against the
 *     listener's client authorities; empty when it showed none
 * @since 0.1
 */
public record Arrival(
        String listener,
        String callerAddress,
        boolean secure,
        boolean restartsTrace,
        List<X509Certificate> certificates) {
    public Arrival {
        certificates = List.copyOf(certificates);
    }

    /** One whose callers' trace context goes on, without certificates. */
    public Arrival(String listener, String callerAddress, boolean secure) {
        this(listener, callerAddress, secure, false, List.of());
    }
}
