// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.ledger.RecordLedger;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions go from the spool. Whoever opened these closes them, after the spool.
 *
 * @param ledger that every record is entered in; null to keep none
 * @param encryption by what keys
 * @param uploads how many spool files are stored at once
 */
public record SpoolStores(
        SessionCatalog catalog,
        PayloadStore payloads,
        @Nullable RecordLedger ledger,
        Encryption encryption,
        int uploads) {
    /**
     * How sessions are encrypted.
     *
     * @param wrapper of the keys that sessions are encrypted by; null when they are stored in clear
     * @param perSession whether each has a key of its own
     */
    public record Encryption(@Nullable KeyWrapper wrapper, boolean perSession) {
        static final Encryption NONE = new Encryption(null, false);
    }

    /** No ledger, everything in clear, and one file after the other, by one thread. */
    public SpoolStores(SessionCatalog catalog, PayloadStore payloads) {
        this(catalog, payloads, null, Encryption.NONE, 1);
    }

    /** The same, where every record is entered in a ledger, if there is one. */
    public SpoolStores enteringIn(@Nullable RecordLedger its) {
        return new SpoolStores(catalog, payloads, its, encryption, uploads);
    }

    /** The same, where sessions are encrypted, if there is a wrapper. */
    public SpoolStores encryptingBy(@Nullable KeyWrapper its) {
        return new SpoolStores(catalog, payloads, ledger, new Encryption(its, encryption.perSession()), uploads);
    }

    /** The same, where each session that is encrypted has a key of its own, if that is wanted. */
    public SpoolStores withKeysOfSessions(boolean wanted) {
        return new SpoolStores(catalog, payloads, ledger, new Encryption(encryption.wrapper(), wanted), uploads);
    }

    SpoolStores storing(int together) {
        return new SpoolStores(catalog, payloads, ledger, encryption, together);
    }
}
