// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The authorities in a PEM file, that a server's certificate must come from. The file is read for each connection, of
 * which there are few, so that a new one is taken without a restart.
 */
public record Authorities(Path file) {
    /** TLS that believes these authorities and no others. */
    public SSLContext tls() throws IOException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            try (InputStream in = Files.newInputStream(file)) {
                for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry("authority-" + store.size(), one);
                }
            }
            if (store.size() == 0) {
                throw new IOException("file '" + file + "' holds no certificate; it must be PEM");
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IOException("file '" + file + "' is not a list of PEM certificates", e);
        }
    }
}
