// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** TLS of a listener: a context whose certificate follows its files, and whose handshakes have a deadline. */
public final class ServerTls {
    private ServerTls() {}

    /**
     * A context over the files' certificate.
     *
     * @param handshake how long a handshake may take before its connection is closed
     * @param nanos a clock that never goes back, in nanoseconds
     * @throws IOException when the files cannot be used; the message says which and why
     */
    public static SSLContext context(Path certFile, Path keyFile, Duration handshake, LongSupplier nanos)
            throws IOException {
        try {
            SSLContext plain = SSLContext.getInstance("TLS");
            var keys = ReloadingKeys.open(certFile, keyFile, nanos);
            plain.init(new KeyManager[] {keys}, null, null);
            return HandshakeDeadlines.over(plain, handshake);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "TLS with cert-file '" + certFile + "' and key-file '" + keyFile + "' cannot be set up", e);
        }
    }
}
