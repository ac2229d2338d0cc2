// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/**
 * The only protocol of the admin listener: Helidon's HTTP/1.1 behind our deadlines and our answer to HTTP/1.0. As the
 * only selector it gets every connection without a look at its bytes.
 */
final class AdminSelector implements ServerConnectionSelector {
    private final Http1ConnectionSelector http;
    private final OldProbe oldProbe;
    private final Duration stallLimit;

    AdminSelector(Http1ConnectionSelector http, OldProbe oldProbe, Duration stallLimit) {
        this.http = http;
        this.oldProbe = oldProbe;
        this.stallLimit = stallLimit;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var watched = new StallAwareContext(context);
        return new AdminConnection(watched, http.connection(watched), oldProbe, stallLimit);
    }
}
