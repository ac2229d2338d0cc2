// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * Where a request came in: the same for every request of one connection.
 *
 * @param listener name of the listener in the configuration
 * @param callerAddress textual IP address of the peer
 * @param secure whether the connection is TLS
 * @since 0.1
 */
public record Arrival(String listener, String callerAddress, boolean secure) {}
