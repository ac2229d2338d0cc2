// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import dev.hansard.ports.value.InvalidValueException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to trust a service's upstreams over TLS, and what to show them.
 *
 * @param caFile PEM file of the certificate authorities to trust, read again when it changes; null for the JDK's
 * @param serverName the name to ask for (SNI) and to check the certificate against; null for the upstream's host
 * @param certFile PEM file of the certificate that Hansard shows, its issuers after it, read again when it changes;
 *     null for none
 * @param keyFile PEM file of its unencrypted key; null for none
 * @since 0.1
 */
public record UpstreamTls(
        @Nullable Path caFile,
        @Nullable String serverName,
        @Nullable Path certFile,
        @Nullable Path keyFile) {
    public static final UpstreamTls DEFAULT = new UpstreamTls(null, null);

    public UpstreamTls {
        if ((certFile == null) != (keyFile == null)) {
            throw new InvalidValueException("a client certificate must have both a cert-file and a key-file");
        }
    }

    /** Without a certificate of Hansard's own. */
    public UpstreamTls(@Nullable Path caFile, @Nullable String serverName) {
        this(caFile, serverName, null, null);
    }
}
