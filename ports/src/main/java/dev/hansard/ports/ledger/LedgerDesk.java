// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.ledger;

import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.SessionId;
import java.io.InputStream;
import java.util.Optional;

/**
 * Where proofs are asked for. Safe for any number of threads. All methods throw {@link
 * dev.hansard.ports.identity.NotAllowedException} for what a visitor may not do.
 *
 * @since 0.1
 */
public interface LedgerDesk {
    /** The newest published checkpoint of this node; empty before the first. */
    Optional<Head> head(Visitor visitor);

    /**
     * That a session is in the ledger; empty when it is unknown, outside the visitor's scope, or newer than the newest
     * checkpoint.
     *
     * @throws dev.hansard.ports.session.StorageException when the ledger or the record cannot be read
     */
    Optional<Proof> proof(Visitor visitor, SessionId id);

    /**
     * The record as it is stored, to be hashed; that it is read is in the audit log first. The caller closes it.
     *
     * @throws dev.hansard.ports.session.StorageException when it cannot be read
     */
    Optional<InputStream> record(Visitor visitor, SessionId id);

    /**
     * The head of the ledger.
     *
     * @param checkpoint a signed note (C2SP tlog-checkpoint)
     * @param publicKey that it is signed with, as the node says
     * @since 0.1
     */
    record Head(String checkpoint, String publicKey) {}

    /**
     * One leaf and what leads to the root.
     *
     * @param index of the leaf
     * @param leaf the entry, in base64
     * @param proof C2SP tlog-proof, with the checkpoint in it
     * @param intact whether the record, as it is stored now, is the one that was entered
     * @since 0.1
     */
    record Proof(long index, String leaf, String proof, boolean intact) {}
}
