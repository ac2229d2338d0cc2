// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.core.ledger.tree.TileId;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.RecordWitness;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.Standing;
import dev.hansard.ports.session.Standing.State;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Compares stored records with what is published of the ledgers of all nodes. */
public final class LedgerWitness implements RecordWitness {
    /** Ledgers whose newest checkpoint is remembered; more nodes than that have nobody. */
    private static final int MAX_LEDGERS = 1000;

    private final PayloadStore payloads;
    private final SessionArchive archive;
    private final Map<NodeName, PublishedLedger> ledgers = new ConcurrentHashMap<>();

    /**
     * @param payloads where the ledgers of all nodes are published
     */
    public LedgerWitness(PayloadStore payloads, SessionArchive archive) {
        this.payloads = payloads;
        this.archive = archive;
    }

    @Override
    public Standing of(Session session) {
        try {
            return archive.openRecord(session.id())
                    .map(record -> of(session.node(), record))
                    .orElse(Standing.of(State.UNKNOWN));
        } catch (StorageException | InvalidValueException _) {
            return Standing.of(State.UNKNOWN);
        }
    }

    private Standing of(NodeName node, SessionArchive.StoredRecord record) {
        Hash frame = digest(record.bytes());
        PublishedLedger published = ledger(node);
        OptionalLong size = published.newest();
        if (size.isEmpty()) {
            return Standing.of(State.PENDING);
        }
        var search = new LeafSearch(published, size.getAsLong());
        OptionalLong index = search.indexOf(record.sequence());
        if (index.isEmpty()) {
            return Standing.of(record.sequence() > search.lastSequence() ? State.PENDING : State.MISSING);
        }
        TileId bundle = TileId.holding(TileId.ENTRIES, index.getAsLong(), size.getAsLong());
        byte[] leaf = published.entries(bundle).get((int) (index.getAsLong() - bundle.first()));
        return new Standing(isOf(leaf, frame) ? State.INTACT : State.CHANGED, index.getAsLong());
    }

    /** Whether a leaf is that of a record with this hash. */
    static boolean isOf(byte[] leaf, Hash frame) {
        return EntryCodec.decode(leaf) instanceof LedgerEntry.Session session
                && session.frame().equals(frame);
    }

    private PublishedLedger ledger(NodeName node) {
        if (ledgers.size() >= MAX_LEDGERS) {
            ledgers.clear();
        }
        return ledgers.computeIfAbsent(node, name -> new PublishedLedger(payloads, name));
    }

    /** SHA-256 of a record; the stream is closed. */
    static Hash digest(InputStream bytes) {
        try (bytes) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[64 * 1024];
            for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
            return Hash.of(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new StorageException("a record cannot be read: " + e.getMessage(), e);
        }
    }
}
