// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.LedgerSettings;
import dev.hansard.core.audit.Auditor;
import dev.hansard.core.ledger.LedgerOffice;
import dev.hansard.core.ledger.LedgerWitness;
import dev.hansard.core.ledger.MerkleLedger;
import dev.hansard.core.ledger.PublishedLedger;
import dev.hansard.core.ledger.RemovalsInLedger;
import dev.hansard.core.ledger.note.LedgerKey;
import dev.hansard.core.ledger.note.LedgerPublicKey;
import dev.hansard.ports.ledger.LedgerDesk;
import dev.hansard.ports.ledger.LedgerEntry.Event;
import dev.hansard.ports.ledger.LedgerEntry.EventKind;
import dev.hansard.ports.retention.ForeignRemovals;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.RecordWitness;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.spi.StorageSurroundings;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import dev.hansard.storage.spool.LedgerStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The ledger of a node with its key. In the data folder lie {@code ledger.key}, unless another file is configured, and
 * {@code ledger.pub}: the public half, for whoever verifies.
 */
final class NodeLedger implements AutoCloseable {
    static final String KEY = "ledger.key";
    static final String PUBLIC_KEY = "ledger.pub";
    static final String FOLDER = "ledger";

    private static final String RULES = "ledger.rules";

    private final PayloadStore payloads;
    private final StorageSurroundings around;
    private final PublishedLedger published;
    private final LedgerKey key;
    private final MerkleLedger ledger;

    private NodeLedger(
            PayloadStore payloads,
            StorageSurroundings around,
            PublishedLedger published,
            LedgerKey key,
            MerkleLedger ledger) {
        this.payloads = payloads;
        this.around = around;
        this.published = published;
        this.key = key;
        this.ledger = ledger;
    }

    static NodeLedger open(LedgerSettings settings, PayloadStore payloads, StorageSurroundings around) {
        var published = new PublishedLedger(payloads, around.node());
        LedgerKey key = key(settings, published.origin(), around.dataDir());
        var ledger = new MerkleLedger(
                LedgerStorage.folder(around.dataDir().resolve(FOLDER)),
                published,
                key,
                around.nanos(),
                settings.checkpointEvery());
        return new NodeLedger(payloads, around, published, key, ledger);
    }

    private static LedgerKey key(LedgerSettings settings, String origin, Path dataDir) {
        Path file = settings.keyFile() == null ? dataDir.resolve(KEY) : settings.keyFile();
        try {
            String text = MadeOnce.text(file, () -> LedgerKey.make(origin).reveal());
            return LedgerKey.of(Secret.of(text));
        } catch (IOException e) {
            throw new NodeStartException("'" + file + "' cannot be used as the ledger's key; check its rights", e);
        } catch (InvalidValueException e) {
            throw new NodeStartException(
                    "'" + file + "' holds no ledger key; put the old one back, or remove the file to have a new one"
                            + " made, which whoever verifies has to be given",
                    e);
        }
    }

    /**
     * Enters what has changed since the node ran last: its key, and its configuration, which holds the masking rules.
     *
     * @param configuration keyed digest of it, as the audit log has it
     */
    void enterChanges(String configuration) {
        LedgerPublicKey now = key.publicKey();
        enterChange(PUBLIC_KEY, EventKind.KEY_CHANGE, "the key of the ledger is another", now.toString());
        enterChange(RULES, EventKind.RULE_CHANGE, "the configuration is another", configuration);
    }

    /** The file holds what was entered last. It is written afterwards: better entered twice than never. */
    private void enterChange(String name, EventKind kind, String reason, String now) {
        Path file = around.dataDir().resolve(name);
        try {
            String before = Files.exists(file) ? Files.readString(file).strip() : "";
            if (before.equals(now)) {
                return;
            }
            if (!before.isEmpty()) {
                ledger.enter(
                        new Event(around.node(), kind, around.wall().instant(), "", reason, now, before, List.of()));
            }
            MadeOnce.replace(file, now);
        } catch (IOException | StorageException e) {
            // The ledger's own trouble is told by the node's health; the next start enters it.
            System.getLogger(NodeLedger.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            "what has changed cannot be entered in the ledger: {0}",
                            e.getMessage());
        }
    }

    /** Where sessions of all nodes are proved. */
    LedgerDesk office(SessionArchive archive, Auditor auditor) {
        return new LedgerOffice(payloads, published, key.publicKey().toString(), archive, auditor);
    }

    /** Says whether records of all nodes are what was entered. */
    RecordWitness witness(SessionArchive archive) {
        return new LedgerWitness(payloads, archive);
    }

    /** Proves what retention removes. */
    RemovalsInLedger evidence(ForeignRemovals removals) {
        return new RemovalsInLedger(ledger, around.node(), removals, around.wall());
    }

    /** The newest that is published; empty when there is none, or the store is away. */
    String newestCheckpoint() {
        try {
            return published.newestCheckpoint();
        } catch (StorageException e) {
            System.getLogger(NodeLedger.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "a backup is made without a checkpoint of the ledger: {0}",
                            e.getMessage());
            return "";
        }
    }

    MerkleLedger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        ledger.close();
    }
}
