// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The first flight of a handshake as bytes, for a caller that then goes silent. */
final class ClientHello {
    private ClientHello() {}

    static byte[] of(String version, @Nullable String alpn) throws IOException {
        SSLEngine engine = TestIdentity.trusting().createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        if (alpn != null) {
            parameters.setApplicationProtocols(new String[] {alpn});
        }
        engine.setSSLParameters(parameters);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }
}
