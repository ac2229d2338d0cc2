// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.ledger.RecordLedger;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions go.
 *
 * @param ledger that every record is entered in; null to keep none
 * @param uploads how many spool files are stored at once
 */
public record SpoolStores(
        SessionCatalog catalog,
        PayloadStore payloads,
        @Nullable RecordLedger ledger,
        int uploads) {
    /** Spool files are stored one after the other, by one thread. */
    public SpoolStores(SessionCatalog catalog, PayloadStore payloads, @Nullable RecordLedger ledger) {
        this(catalog, payloads, ledger, 1);
    }

    /** Stores without a ledger. */
    public SpoolStores(SessionCatalog catalog, PayloadStore payloads) {
        this(catalog, payloads, null);
    }

    SpoolStores storing(int together) {
        return new SpoolStores(catalog, payloads, ledger, together);
    }
}
