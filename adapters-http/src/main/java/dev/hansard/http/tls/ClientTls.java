// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTls;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS to the upstreams of one service. The file of authorities is read again when it changes; a bad new file changes
 * nothing.
 */
public final class ClientTls {
    private static final System.Logger LOG = System.getLogger(ClientTls.class.getName());
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** How often, at most, the files are looked at. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final @Nullable Path caFile;
    private final AtomicReference<Trust> trust;
    private final AtomicLong lookedAt;

    private record Trust(FileStamp stamp, SSLSocketFactory factory) {}

    private ClientTls(@Nullable Path caFile, Trust trust, long nanos) {
        this.caFile = caFile;
        this.trust = new AtomicReference<>(trust);
        this.lookedAt = new AtomicLong(nanos);
    }

    /**
     * Reads the authorities.
     *
     * @param caFile PEM file of the authorities to trust; null for the JDK's
     * @param nanos the time now, of the clock that {@link #refresh} is told
     * @throws IOException when the file cannot be used; the message says why
     */
    public static ClientTls open(@Nullable Path caFile, long nanos) throws IOException {
        return new ClientTls(caFile, load(caFile), nanos);
    }

    /**
     * Whether a file of authorities could be used now.
     *
     * @throws IOException when it cannot; the message says why
     */
    public static void check(Path caFile) throws IOException {
        Trust _ = load(caFile);
    }

    /** Reads the file again when it changed, at most every {@link #LOOK_AGAIN}. */
    public void refresh(long nanos) {
        long last = lookedAt.get();
        if (caFile == null || nanos - last < LOOK_AGAIN.toNanos() || !lookedAt.compareAndSet(last, nanos)) {
            return;
        }
        if (FileStamp.of(List.of(caFile)).equals(trust.get().stamp())) {
            return;
        }
        try {
            trust.set(load(caFile));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "kept the authorities read before: " + e.getMessage());
        }
    }

    /**
     * A TLS socket over a connected one; the handshake is still to come. It checks the certificate against the name.
     */
    public SSLSocket wrap(Socket socket, UpstreamAddress address, UpstreamTls settings) throws IOException {
        String name = settings.serverName() == null ? address.host() : settings.serverName();
        var wrapped = (SSLSocket) trust.get().factory().createSocket(socket, name, address.port(), true);
        SSLParameters parameters = wrapped.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        parameters.setProtocols(PROTOCOLS);
        if (isHostName(name)) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        wrapped.setSSLParameters(parameters);
        return wrapped;
    }

    /** SNI takes no literal addresses (RFC 6066 section 3). */
    private static boolean isHostName(String name) {
        return name.indexOf(':') < 0 && name.chars().anyMatch(c -> c != '.' && (c < '0' || c > '9'));
    }

    private static Trust load(@Nullable Path caFile) throws IOException {
        // Before the file is read: what is written in between is seen as a change and read again.
        FileStamp stamp = FileStamp.of(caFile == null ? List.of() : List.of(caFile));
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, caFile == null ? null : trustManagers(caFile), null);
            return new Trust(stamp, context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS with ca-file '" + caFile + "' cannot be set up", e);
        }
    }

    static TrustManager[] trustManagers(Path caFile) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate certificate : PemFiles.certificates(caFile)) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
