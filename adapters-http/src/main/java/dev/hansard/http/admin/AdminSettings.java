// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.value.InvalidValueException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the admin listener is and what it allows.
 *
 * @param host address to bind; a loopback address unless whoever comes is asked who they are, over TLS
 * @param port port to bind; 0 picks a free one
 * @param tailLimit most live tails at once; one more is answered 503
 * @param readLimit most other calls that read records at once; one more is answered 503
 * @param decodedLimit most bytes of one body that are decoded for a reader
 * @param heartbeat how often a silent tail sends a comment
 * @param stallLimit how long a connection may take over one request head, one write or between requests
 * @param drainLimit how long a stop waits for calls in progress
 * @param publicUrl where people reach it from elsewhere, over TLS that is ended before it; null when they do not
 */
public record AdminSettings(
        String host,
        int port,
        int tailLimit,
        int readLimit,
        long decodedLimit,
        Duration heartbeat,
        Duration stallLimit,
        Duration drainLimit,
        @Nullable URI publicUrl) {
    private static final int HIGHEST_PORT = 65_535;
    private static final int TAILS = 64;
    private static final int READS = 64;
    private static final long DECODED_BYTES = 8L << 20;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration STALL = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    public AdminSettings {
        requireWithin("admin.port", port, HIGHEST_PORT);
        requirePositive("admin.tail-limit", tailLimit);
        requirePositive("admin.read-limit", readLimit);
        requirePositive("admin.decoded-limit", decodedLimit);
        requirePositive("admin.heartbeat", heartbeat.toMillis());
        requirePositive("admin.stall-limit", stallLimit.toMillis());
        requirePositive("admin.drain-limit", drainLimit.toMillis());
    }

    /** The defaults for every limit. */
    public static AdminSettings of(String host, int port) {
        return new AdminSettings(host, port, TAILS, READS, DECODED_BYTES, HEARTBEAT, STALL, DRAIN, null);
    }

    /** The same for people who reach it by a URL. */
    public AdminSettings reachedBy(@Nullable URI url) {
        return new AdminSettings(
                host, port, tailLimit, readLimit, decodedLimit, heartbeat, stallLimit, drainLimit, url);
    }

    /** Whether whoever reaches it from elsewhere does so over TLS. */
    boolean isSecure() {
        return publicUrl != null && publicUrl.getScheme().equalsIgnoreCase("https");
    }

    /** The same on another port. */
    AdminSettings at(int boundPort) {
        return new AdminSettings(
                host, boundPort, tailLimit, readLimit, decodedLimit, heartbeat, stallLimit, drainLimit, publicUrl);
    }

    /** The address as it is written in a URL. */
    String address() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    private static void requireWithin(String key, int value, int most) {
        if (value < 0 || value > most) {
            throw new InvalidValueException(key + " must lie within 0 to " + most + ", but is " + value);
        }
    }

    private static void requirePositive(String key, long value) {
        if (value <= 0) {
            throw new InvalidValueException(key + " must be positive, but is " + value);
        }
    }
}
