// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.ledger.note.PortableProof;
import dev.hansard.core.ledger.note.SignedNote;
import dev.hansard.core.ledger.tree.TileId;
import dev.hansard.core.ledger.tree.TreeProofs;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.LedgerDesk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/** Proves sessions to whoever may see them, from what is published: so any node proves those of any other. */
public final class LedgerOffice implements LedgerDesk {
    private final PayloadStore payloads;
    private final PublishedLedger own;
    private final String publicKey;
    private final SessionArchive archive;
    private final Auditor auditor;

    /**
     * @param payloads where the ledgers of all nodes are published
     * @param own the ledger of this node
     * @param publicKey of this node
     */
    public LedgerOffice(
            PayloadStore payloads, PublishedLedger own, String publicKey, SessionArchive archive, Auditor auditor) {
        this.payloads = payloads;
        this.own = own;
        this.publicKey = publicKey;
        this.archive = archive;
        this.auditor = auditor;
    }

    @Override
    public Optional<Head> head(Visitor visitor) {
        auditor.require(visitor, Permission.SEE_SESSIONS, "ledger");
        OptionalLong size = own.newest();
        return size.isEmpty() ? Optional.empty() : Optional.of(new Head(own.checkpoint(size.getAsLong()), publicKey));
    }

    @Override
    public Optional<Proof> proof(Visitor visitor, SessionId id) {
        auditor.require(visitor, Permission.SEE_SESSIONS, "ledger");
        Scope scope = visitor.access().scope(Permission.SEE_SESSIONS);
        Optional<Session> session = archive.find(id).filter(found -> scope.contains(found.service()));
        if (session.isEmpty()) {
            return Optional.empty();
        }
        var published = new PublishedLedger(payloads, session.get().node());
        OptionalLong size = published.newest();
        Optional<SessionArchive.StoredRecord> record = archive.openRecord(id);
        if (size.isEmpty() || record.isEmpty()) {
            record.ifPresent(found -> LedgerWitness.digest(found.bytes()));
            return Optional.empty();
        }
        Hash frame = LedgerWitness.digest(record.get().bytes());
        OptionalLong index =
                new LeafSearch(published, size.getAsLong()).indexOf(record.get().sequence());
        return index.isEmpty()
                ? Optional.empty()
                : Optional.of(proof(published, size.getAsLong(), index.getAsLong(), frame));
    }

    private static Proof proof(PublishedLedger published, long size, long index, Hash frame) {
        TileId bundle = TileId.holding(TileId.ENTRIES, index, size);
        byte[] leaf = published.entries(bundle).get((int) (index - bundle.first()));
        try {
            var proof = new PortableProof(
                    index,
                    new TreeProofs(published, size).inclusion(index),
                    SignedNote.parse(published.checkpoint(size)));
            boolean intact = LedgerWitness.isOf(leaf, frame);
            return new Proof(index, Base64.getEncoder().encodeToString(leaf), proof.toString(), intact);
        } catch (InvalidValueException e) {
            throw new StorageException("the published ledger does not read; run `hansard verify`", e);
        }
    }

    @Override
    public Optional<InputStream> record(Visitor visitor, SessionId id) {
        String object = "record of " + id;
        auditor.require(visitor, Permission.READ_PAYLOADS, object);
        auditor.requireReason(visitor, object);
        Scope scope = visitor.access().scope(Permission.SEE_SESSIONS);
        Optional<Session> session = archive.find(id).filter(found -> scope.contains(found.service()));
        if (session.isEmpty()) {
            return Optional.empty();
        }
        auditor.require(visitor, Permission.READ_PAYLOADS, session.get().service(), object);
        auditor.does(visitor, AuditAction.PAYLOAD_READ, "record", id);
        return archive.openRecord(id).map(SessionArchive.StoredRecord::bytes);
    }
}
