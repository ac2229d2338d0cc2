// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.credential;

import java.nio.file.Path;

/** Finds the files of certificates and keys, and looks into them. */
public interface CertificateFiles {
    /**
     * The path of a file of certificates that can be used.
     *
     * @throws dev.hansard.boot.settings.yaml.MisfitException when it is none
     */
    Path certificates(String text);

    /** The path of the key that belongs to those certificates. */
    Path keyOf(Path certFile, String text);
}
