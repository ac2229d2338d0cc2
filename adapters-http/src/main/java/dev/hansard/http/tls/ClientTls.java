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
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
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
    private final @Nullable ReloadingKeys keys;
    private final LongSupplier nanos;
    private final AtomicReference<Trust> trust;
    private final AtomicLong lookedAt;

    private record Trust(FileStamp stamp, SSLSocketFactory factory) {}

    private ClientTls(@Nullable Path caFile, @Nullable ReloadingKeys keys, LongSupplier nanos) throws IOException {
        this.caFile = caFile;
        this.keys = keys;
        this.nanos = nanos;
        this.trust = new AtomicReference<>(load(caFile, keys));
        this.lookedAt = new AtomicLong(nanos.getAsLong());
    }

    /**
     * Reads the authorities, and the certificate to show where there is one.
     *
     * @param nanos a clock that only goes forward
     * @throws IOException when a file cannot be used; the message says why
     */
    public static ClientTls open(UpstreamTls settings, LongSupplier nanos) throws IOException {
        Path certFile = settings.certFile();
        Path keyFile = settings.keyFile();
        ReloadingKeys keys = certFile == null || keyFile == null ? null : ReloadingKeys.open(certFile, keyFile, nanos);
        return new ClientTls(settings.caFile(), keys, nanos);
    }

    /**
     * Whether a file of authorities could be used now.
     *
     * @throws IOException when it cannot; the message says why
     */
    public static void check(Path caFile) throws IOException {
        Trust _ = load(caFile, null);
    }

    /**
     * Reads the authorities again when their file changed, at most every {@link #LOOK_AGAIN}. The certificate looks
     * after itself.
     */
    public void refresh() {
        long last = lookedAt.get();
        long now = nanos.getAsLong();
        if (caFile == null || now - last < LOOK_AGAIN.toNanos() || !lookedAt.compareAndSet(last, now)) {
            return;
        }
        if (FileStamp.of(List.of(caFile)).equals(trust.get().stamp())) {
            return;
        }
        try {
            trust.set(load(caFile, keys));
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

    /** A name of the certificate that is shown now, another one after a change; empty where none is. */
    public String shown() {
        return keys == null ? "" : keys.shown();
    }

    private static Trust load(@Nullable Path caFile, @Nullable ReloadingKeys keys) throws IOException {
        // Before the file is read: what is written in between is seen as a change and read again.
        FileStamp stamp = FileStamp.of(caFile == null ? List.of() : List.of(caFile));
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] shown = keys == null ? null : new KeyManager[] {keys};
            context.init(shown, caFile == null ? null : trustManagers(caFile), null);
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
