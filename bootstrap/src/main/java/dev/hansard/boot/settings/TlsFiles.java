// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.http.tls.ClientTls;
import dev.hansard.http.tls.ServerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks into the files that TLS needs, so that one that cannot be used is found before a connection needs it. */
public interface TlsFiles {
    /**
     * A file of certificates, be they authorities or a chain.
     *
     * @throws MisfitException when it is not
     */
    void certificates(Path file);

    /**
     * The key that belongs to a file of certificates that has been looked into.
     *
     * @throws MisfitException when it is not
     */
    void keyOf(Path certFile, Path keyFile);

    /** The file system. */
    static TlsFiles onDisk() {
        return new Disk();
    }

    /** The file system. */
    final class Disk implements TlsFiles {
        private Disk() {}

        @Override
        public void certificates(Path file) {
            readable(file);
            try {
                ClientTls.check(file);
            } catch (IOException _) {
                throw new MisfitException("a file of certificates in PEM", "each begins with BEGIN CERTIFICATE");
            }
        }

        @Override
        public void keyOf(Path certFile, Path keyFile) {
            readable(keyFile);
            try {
                ServerTls.check(certFile, keyFile);
            } catch (IOException _) {
                throw new MisfitException(
                        "a file with the unencrypted PKCS#8 key, in PEM, of cert-file's first certificate",
                        "another key format is converted by: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
            }
        }

        private static void readable(Path file) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new MisfitException(
                        "a file that can be read", "check that it is there and who may read it and its folders");
            }
        }
    }
}
