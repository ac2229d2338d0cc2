// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions go from the spool. Whoever opened these closes them, after the spool.
 *
 * @param wrapper of the keys that sessions are encrypted by; null when they are stored in clear
 * @param uploads how many spool files are stored at once
 */
public record SpoolStores(
        SessionCatalog catalog,
        PayloadStore payloads,
        @Nullable KeyWrapper wrapper,
        int uploads) {
    /** One file after the other, by one thread. */
    public SpoolStores(SessionCatalog catalog, PayloadStore payloads, @Nullable KeyWrapper wrapper) {
        this(catalog, payloads, wrapper, 1);
    }

    SpoolStores uploading(int atOnce) {
        return new SpoolStores(catalog, payloads, wrapper, atOnce);
    }
}
