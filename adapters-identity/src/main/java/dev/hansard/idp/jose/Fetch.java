// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.io.IOException;
import java.net.URI;

/** Gets documents of the issuer. The URI is from the configuration, or from a document that was got that way. */
@FunctionalInterface
public interface Fetch {
    /**
     * The content of an answer with status 200.
     *
     * @throws IOException when there is no such answer in time; the message says why and holds no content
     */
    byte[] get(URI uri) throws IOException, InterruptedException;
}
