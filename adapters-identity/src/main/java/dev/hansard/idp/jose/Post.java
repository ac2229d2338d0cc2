// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Sends forms to the issuer. */
@FunctionalInterface
public interface Post {
    /**
     * Sends one; redirects are not followed, because the form has secrets.
     *
     * @param form {@code application/x-www-form-urlencoded}
     * @param authorization value of the field; null for none
     * @throws IOException when there is no answer in time; the message says why and holds no content
     */
    Reply post(URI uri, String form, @Nullable String authorization) throws IOException, InterruptedException;

    /** An answer of whatever status. Owns its content, which may hold secrets. */
    final class Reply {
        private final int status;
        private final byte[] content;

        public Reply(int status, byte[] content) {
            this.status = status;
            this.content = content;
        }

        public int status() {
            return status;
        }

        /** The content as an object; it is read strictly. */
        public JsonObject object(int deepest) throws FlawedTokenException {
            return StrictJson.object(content, deepest);
        }
    }
}
