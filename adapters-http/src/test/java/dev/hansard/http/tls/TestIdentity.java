// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A new key on P-256 with a self-signed certificate, so that the certificate is also its own authority. */
public record TestIdentity(X509Certificate certificate, PrivateKey key) {
    private static final String ECDSA_SHA256 = "2a8648ce3d040302";
    private static final String COMMON_NAME = "550403";
    private static final String SUBJECT_ALT_NAME = "551d11";
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** A certificate for a host name and nothing else. */
    public static TestIdentity named(String hostName) {
        return of(hostName, Der.tagged(0x82, hostName.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A certificate for 127.0.0.1 and localhost. */
    public static TestIdentity ofLoopback() {
        byte[] address = InetAddress.getLoopbackAddress().getAddress();
        byte[] name = "localhost".getBytes(StandardCharsets.US_ASCII);
        return of("loopback", Der.tagged(0x87, address), Der.tagged(0x82, name));
    }

    private static TestIdentity of(String commonName, byte[]... names) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] algorithm = Der.sequence(Der.oid(ECDSA_SHA256));
            byte[] content = content(commonName, pair, algorithm, names);
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(pair.getPrivate());
            signer.update(content);
            byte[] encoded = Der.sequence(content, algorithm, Der.bits(signer.sign()));
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            return new TestIdentity(certificate, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot make a certificate", e);
        }
    }

    private static byte[] content(String commonName, KeyPair pair, byte[] algorithm, byte[]... names) {
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8(commonName))));
        Instant now = Instant.now();
        byte[] validity = Der.sequence(
                Der.utcTime(UTC_TIME.format(now.minus(Duration.ofHours(1)))),
                Der.utcTime(UTC_TIME.format(now.plus(Duration.ofHours(24)))));
        byte[] altNames = Der.sequence(Der.oid(SUBJECT_ALT_NAME), Der.octets(Der.sequence(names)));
        return Der.sequence(
                Der.tagged(0xa0, Der.integer(2)),
                Der.integer(now.toEpochMilli()),
                algorithm,
                name,
                validity,
                name,
                pair.getPublic().getEncoded(),
                Der.tagged(0xa3, Der.sequence(altNames)));
    }

    /** Writes both files, each in one step, the key last. */
    public void write(Path certFile, Path keyFile) throws IOException {
        writeCertificate(certFile);
        replace(keyFile, pem("PRIVATE KEY", key.getEncoded()));
    }

    public void writeCertificate(Path certFile) throws IOException {
        replace(certFile, pem("CERTIFICATE", certificateBytes()));
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
            var store = emptyStore();
            for (int i = 0; i < trusted.length; i++) {
                store.setCertificateEntry("ca" + i, trusted[i].certificate());
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
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
