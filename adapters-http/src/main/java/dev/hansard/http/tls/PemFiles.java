// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Reads certificates and private keys from PEM files (RFC 7468). */
final class PemFiles {
    /** Most bytes of one PEM file. */
    private static final long MAX_BYTES = 1024 * 1024;

    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";
    private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private PemFiles() {}

    static List<X509Certificate> certificates(Path file) throws IOException {
        byte[] bytes = read(file);
        try {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
            if (found.isEmpty()) {
                throw new IOException(
                        "TLS file '" + file + "' holds no certificate; it must be PEM with BEGIN CERTIFICATE");
            }
            return found.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException e) {
            throw new IOException("TLS file '" + file + "' is not a list of PEM certificates", e);
        }
    }

    static PrivateKey privateKey(Path file) throws IOException {
        String text = new String(read(file), StandardCharsets.US_ASCII);
        int begin = text.indexOf(KEY_BEGIN);
        int end = text.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            throw new IOException("TLS key file '" + file + "' holds no unencrypted PKCS#8 key (BEGIN PRIVATE KEY);"
                    + " convert it with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
        } catch (IllegalArgumentException _) {
            throw new IOException("TLS key file '" + file + "' is damaged: its content is not base64");
        }
        return decode(file, encoded);
    }

    private static PrivateKey decode(Path file, byte[] encoded) throws IOException {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException _) {
                // Of another algorithm: PKCS#8 says which, but the JDK gives no way to ask before trying.
            } catch (GeneralSecurityException e) {
                throw new IOException("TLS key file '" + file + "' cannot be read", e);
            }
        }
        throw new IOException("TLS key file '" + file + "' must hold a key of " + KEY_ALGORITHMS);
    }

    private static byte[] read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("TLS file '" + file + "' cannot be read; check that it is there and who may read it");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("TLS file '" + file + "' is larger than " + MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }
}
