// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.idp.jose.Fetch;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an issuer's metadata is; the operator chose it, and that is why it is believed. */
sealed interface MetadataSource {
    /** More than any issuer's; what is too much is refused where it is read. */
    int MOST_BYTES = 2 << 20;

    /** The document as it is now. */
    byte[] read() throws IOException, InterruptedException;

    /** For messages. */
    String place();

    /** At an address, over TLS or on this machine. */
    record OfUrl(URI url, Fetch fetch) implements MetadataSource {
        @Override
        public byte[] read() throws IOException, InterruptedException {
            return fetch.get(url);
        }

        @Override
        public String place() {
            return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
        }
    }

    /** In a file, which may be replaced at any time. */
    record OfFile(Path file) implements MetadataSource {
        @Override
        public byte[] read() throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(MOST_BYTES);
            }
        }

        @Override
        public String place() {
            return file.toString();
        }
    }
}
