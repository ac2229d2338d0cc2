// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS of a listener. All files are PEM, and read again when they change.
 *
 * @param certFile certificate chain, the listener's own first
 * @param keyFile private key that goes with it
 * @param clients what callers have to show; null when they are not asked for certificates
 */
public record ServerTlsSettings(
        Path certFile, Path keyFile, @Nullable Clients clients) {
    /**
     * How callers authenticate the connection.
     *
     * @param caFile the authorities that their certificates must come from, and no others
     * @param required whether a caller without a certificate is turned away in the handshake
     */
    public record Clients(Path caFile, boolean required) {}
}
