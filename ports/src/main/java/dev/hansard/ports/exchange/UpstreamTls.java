// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to trust a service's upstreams over TLS.
 *
 * @param caFile PEM file of the certificate authorities to trust, read again when it changes; null for the JDK's
 * @param serverName the name to ask for (SNI) and to check the certificate against; null for the upstream's host
 * @since 0.1
 */
public record UpstreamTls(@Nullable Path caFile, @Nullable String serverName) {
    public static final UpstreamTls DEFAULT = new UpstreamTls(null, null);
}
