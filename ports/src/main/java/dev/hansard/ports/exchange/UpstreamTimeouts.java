// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Duration;

/**
 * How long an upstream may take. All are positive.
 *
 * @param connect to accept a connection, TLS handshake included
 * @param response from the last request byte to the first byte of the final response head
 * @param idle between two reads of a response's content
 * @since 0.1
 */
public record UpstreamTimeouts(Duration connect, Duration response, Duration idle) {
    public static final UpstreamTimeouts DEFAULT =
            new UpstreamTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(60));

    public UpstreamTimeouts {
        if (!connect.isPositive() || !response.isPositive() || !idle.isPositive()) {
            throw new InvalidValueException(
                    "upstream timeouts must be positive, but are " + connect + ", " + response + ", " + idle);
        }
    }
}
