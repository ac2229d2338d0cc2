// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.tls.ServerTlsSettings;
import dev.hansard.http.wire.WireLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One data listener.
 *
 * @param name as in the configuration
 * @param port 0 for any free one
 * @param tls null for plaintext
 * @param restartsTrace whether a caller's trace context is not trusted
 */
public record ListenerSettings(
        String name,
        String host,
        int port,
        @Nullable ServerTlsSettings tls,
        boolean restartsTrace,
        Limits limits,
        Timeouts timeouts) {

    /**
     * What a listener and one of its callers may take up.
     *
     * @param wire limits of the codec
     * @param bodyBytes most content bytes of one request; more is 413
     * @param connections most connections at once; one more is answered 503 and closed
     * @param connectionsPerSource most connections from one address
     * @param concurrency most calls at once; one more is 503
     */
    public record Limits(WireLimits wire, long bodyBytes, int connections, int connectionsPerSource, int concurrency) {
        public static final Limits DEFAULT =
                new Limits(WireLimits.DEFAULT, 2L * 1024 * 1024 * 1024, 20_000, 1_000, 2_000);
    }

    /**
     * How long a caller may take.
     *
     * @param idle without a request on a connection, and without progress when it reads a response
     * @param requestHead from the first byte of a head to its last; also for a TLS handshake, at most 5 s
     * @param minBytesPerSecond slowest average rate of a request's content, after {@link #RATE_GRACE}
     * @param drain how long calls in flight may go on after a stop
     */
    public record Timeouts(Duration idle, Duration requestHead, long minBytesPerSecond, Duration drain) {
        /** How long a request's content may flow at any rate. */
        public static final Duration RATE_GRACE = Duration.ofSeconds(10);

        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(10), 1024, Duration.ofSeconds(30));
    }
}
