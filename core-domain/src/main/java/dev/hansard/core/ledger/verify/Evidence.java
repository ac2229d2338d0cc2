// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.verify;

import dev.hansard.core.ledger.EntryCodec;
import dev.hansard.core.ledger.note.LedgerPublicKey;
import dev.hansard.core.ledger.note.PortableProof;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.value.SessionId;

/**
 * What proves one session without a store.
 *
 * @param id which session it is said to be
 * @param frame SHA-256 of its record
 */
public record Evidence(SessionId id, Hash frame, PortableProof proof) {
    /**
     * Why it proves nothing; empty when it does.
     *
     * @param leaf the entry of the ledger
     * @throws dev.hansard.ports.value.InvalidValueException when leaf or checkpoint are none
     */
    public String flaw(byte[] leaf, LedgerPublicKey key) {
        String flaw = proof.flaw(leaf, key);
        if (!flaw.isEmpty()) {
            return flaw;
        }
        return switch (EntryCodec.decode(leaf)) {
            case LedgerEntry.Session session when !session.id().equals(id) -> "leaf is of " + session.id();
            case LedgerEntry.Session session
            when !session.frame().equals(frame) ->
                "record is not the one that was entered: its bytes have another hash";
            case LedgerEntry.Session _ -> "";
            case LedgerEntry.Gap _, LedgerEntry.Event _ -> "leaf is not of a session";
        };
    }
}
