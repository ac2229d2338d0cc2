// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.identity.ProviderSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One address that takes calls.
 *
 * @param tls null for plain text
 * @param identity the providers to ask, in this order; empty means that every caller is anonymous, which is only
 *     allowed on loopback
 */
public record ListenerSettings(
        String name,
        ListenAddress address,
        @Nullable Tls tls,
        List<ProviderSettings> identity,
        TraceContext traceContext,
        Limits limits,
        Timeouts timeouts) {
    /** The listener of a configuration that writes none. */
    public static final ListenerSettings DEFAULT = new ListenerSettings(
            "default",
            new ListenAddress("127.0.0.1", 8080),
            null,
            List.of(),
            TraceContext.PROPAGATE,
            Limits.DEFAULT,
            Timeouts.DEFAULT);

    public ListenerSettings {
        identity = List.copyOf(identity);
    }

    /** The same on another address. */
    public ListenerSettings at(ListenAddress other) {
        return new ListenerSettings(name, other, tls, identity, traceContext, limits, timeouts);
    }

    /** What to do with the caller's traceparent field (W3C Trace Context). */
    public enum TraceContext {
        /** Go on with the caller's trace. */
        PROPAGATE,
        /** Begin a new trace, as befits an edge that callers are not trusted at. */
        RESTART
    }

    /**
     * PEM files, read again when they change.
     *
     * @param certFile the certificate and its chain
     * @param keyFile its private key
     * @param clientAuth whether callers are asked for certificates
     * @param clientCaFile the authorities that these must come from; null when callers are not asked
     */
    public record Tls(
            Path certFile,
            Path keyFile,
            ClientAuth clientAuth,
            @Nullable Path clientCaFile) {
        /** One that asks callers for no certificate. */
        public Tls(Path certFile, Path keyFile) {
            this(certFile, keyFile, ClientAuth.NONE, null);
        }
    }

    /** Whether callers show a certificate in the handshake. */
    public enum ClientAuth {
        /** They are not asked. */
        NONE,
        /** They may; one that does not hold ends the handshake nevertheless. */
        OPTIONAL,
        /** They must, or the handshake ends. */
        REQUIRED
    }

    /**
     * How much a listener takes.
     *
     * @param headerBytes most bytes of a request's head
     * @param bodyBytes most bytes of a request's content; more is refused with 413
     * @param connections most connections at a time
     * @param concurrency most calls at a time
     */
    public record Limits(int headerBytes, long bodyBytes, int connections, int concurrency) {
        public static final Limits DEFAULT = new Limits(32 * 1024, 2L * 1024 * 1024 * 1024, 20_000, 2_000);
    }

    /**
     * How long a listener waits.
     *
     * @param idle between two calls of a connection, and for the caller to take bytes
     * @param requestHead from the first byte of a request to the end of its head
     * @param minBytesPerSecond slowest average rate at which a caller may send content
     */
    public record Timeouts(Duration idle, Duration requestHead, long minBytesPerSecond) {
        public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(10), 1024);
    }
}
