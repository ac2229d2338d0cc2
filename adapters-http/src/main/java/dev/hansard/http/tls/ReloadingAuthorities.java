// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the certificates of callers against a file of authorities, looked at again when a handshake asks, at most
 * every {@link ClientTls#LOOK_AGAIN}. A bad new file changes nothing.
 *
 * <p>A connection that resumes the TLS session of another one shows no certificate: the JDK remembers the old one for a
 * day and asks nobody about it. So a session that was authenticated by a certificate is never resumed; otherwise an
 * authority that was removed, or a certificate that ran out, would go on to open doors.
 */
final class ReloadingAuthorities extends X509ExtendedTrustManager {
    private static final System.Logger LOG = System.getLogger(ReloadingAuthorities.class.getName());
    private static final String CLIENT_PURPOSE = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private final Path caFile;
    private final LongSupplier nanos;
    private final AtomicReference<Trust> trust;
    private final AtomicLong lookedAt;

    private record Trust(FileStamp stamp, X509ExtendedTrustManager manager) {}

    private ReloadingAuthorities(Path caFile, LongSupplier nanos, Trust trust) {
        this.caFile = caFile;
        this.nanos = nanos;
        this.trust = new AtomicReference<>(trust);
        this.lookedAt = new AtomicLong(nanos.getAsLong());
    }

    static ReloadingAuthorities open(Path caFile, LongSupplier nanos) throws IOException {
        return new ReloadingAuthorities(caFile, nanos, load(caFile));
    }

    private static Trust load(Path caFile) throws IOException {
        FileStamp stamp = FileStamp.of(List.of(caFile));
        try {
            for (TrustManager manager : ClientTls.trustManagers(caFile)) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return new Trust(stamp, extended);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS with client-ca-file '" + caFile + "' cannot be set up", e);
        }
        throw new IllegalStateException("every JDK has a trust manager for X.509");
    }

    private X509ExtendedTrustManager current() {
        long now = nanos.getAsLong();
        long last = lookedAt.get();
        if (now - last >= ClientTls.LOOK_AGAIN.toNanos() && lookedAt.compareAndSet(last, now)) {
            refresh();
        }
        return trust.get().manager();
    }

    private void refresh() {
        if (FileStamp.of(List.of(caFile)).equals(trust.get().stamp())) {
            return;
        }
        try {
            trust.set(load(caFile));
            LOG.log(System.Logger.Level.INFO, "the authorities of ''{0}'' were read again", caFile);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "kept the authorities of callers read before: " + e.getMessage());
        }
    }

    /**
     * The JDK takes a certificate that is itself in the file of authorities for granted, whatever its dates and
     * purposes are.
     */
    private static void checkItself(X509Certificate certificate) throws CertificateException {
        certificate.checkValidity();
        List<String> purposes = certificate.getExtendedKeyUsage();
        if (purposes != null && !purposes.contains(CLIENT_PURPOSE) && !purposes.contains(ANY_PURPOSE)) {
            throw new CertificateException("the certificate is not for clients of TLS");
        }
    }

    private static void neverResume(@Nullable SSLSession session) {
        if (session != null) {
            session.invalidate();
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        current().checkClientTrusted(chain, authType, socket);
        checkItself(chain[0]);
        if (socket instanceof SSLSocket secure) {
            neverResume(secure.getHandshakeSession());
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        current().checkClientTrusted(chain, authType, engine);
        checkItself(chain[0]);
        neverResume(engine.getHandshakeSession());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        current().checkClientTrusted(chain, authType);
        checkItself(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("these authorities are for callers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("these authorities are for callers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("these authorities are for callers");
    }

    /** The names that a caller is told, so that it can choose a certificate. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return current().getAcceptedIssuers();
    }
}
