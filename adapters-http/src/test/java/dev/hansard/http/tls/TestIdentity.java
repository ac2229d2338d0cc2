// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import dev.hansard.ports.identity.CertificateBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A key with its certificate; a self-signed one is also its own authority. */
public record TestIdentity(X509Certificate certificate, PrivateKey key) {
    /** A certificate for a host name and nothing else. */
    public static TestIdentity named(String hostName) {
        return of(CertificateBuilder.aCertificate()
                .commonName(hostName)
                .dns(hostName)
                .issue());
    }

    /** A certificate for 127.0.0.1 and localhost. */
    public static TestIdentity ofLoopback() {
        return of(CertificateBuilder.aCertificate()
                .commonName("loopback")
                .address(InetAddress.getLoopbackAddress().getAddress())
                .dns("localhost")
                .issue());
    }

    public static TestIdentity of(CertificateBuilder.Issued issued) {
        return new TestIdentity(issued.certificate(), issued.key());
    }

    /** Writes both files, each in one step, the key last. */
    public void write(Path certFile, Path keyFile) throws IOException {
        writeCertificate(certFile);
        replace(keyFile, pem("PRIVATE KEY", key.getEncoded()));
    }

    public void writeCertificate(Path certFile) throws IOException {
        replace(certFile, pem("CERTIFICATE", certificateBytes()));
    }

    /** One that is issued by this one. */
    public TestIdentity issue(CertificateBuilder certificate) {
        return of(certificate
                .by(new CertificateBuilder.Issued(this.certificate, key))
                .issue());
    }

    private byte[] certificateBytes() {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    static void replace(Path file, String content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, content);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }

    /** A server's context that shows this certificate. */
    public SSLContext serving() {
        try {
            var store = emptyStore();
            store.setKeyEntry("it", key, new char[0], new Certificate[] {certificate});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client's context that trusts these and nobody else. */
    public static SSLContext trusting(TestIdentity... trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers(trusted), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrustManager[] trustManagers(TestIdentity... trusted) throws GeneralSecurityException, IOException {
        var store = emptyStore();
        for (int i = 0; i < trusted.length; i++) {
            store.setCertificateEntry("ca" + i, trusted[i].certificate());
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    /** A client's context that shows this certificate, and after it the others of its chain. */
    public SSLContext showing(TestIdentity trusted, X509Certificate... others) {
        try {
            var chain = new ArrayList<X509Certificate>(List.of(certificate));
            chain.addAll(List.of(others));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new InsistentKeys(key, chain)}, trustManagers(trusted), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
