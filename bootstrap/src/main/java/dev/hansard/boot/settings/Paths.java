// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.credential.CertificateFiles;
import dev.hansard.boot.settings.yaml.MisfitException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Reads paths. A relative one starts at the folder of the configuration file, so that it means the same wherever the
 * process is started.
 */
record Paths(Path folder, TlsFiles tls) implements CertificateFiles {
    static Paths besides(Path file, TlsFiles tls) {
        Path parent = file.getParent();
        return new Paths(parent == null ? Path.of("") : parent, tls);
    }

    /** The path of a file of certificates that can be used. */
    @Override
    public Path certificates(String text) {
        Path file = resolve(text);
        tls.certificates(file);
        return file;
    }

    /** The path of the key that belongs to those certificates. */
    @Override
    public Path keyOf(Path certFile, String text) {
        Path file = resolve(text);
        tls.keyOf(certFile, file);
        return file;
    }

    Path resolve(String text) {
        try {
            if (!text.isBlank()) {
                return folder.resolve(text).normalize();
            }
        } catch (InvalidPathException _) {
            // Said below like any other text that is no path.
        }
        throw new MisfitException("the path of a file or folder");
    }
}
