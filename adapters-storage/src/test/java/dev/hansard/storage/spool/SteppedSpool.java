// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.ledger.StoredRecords;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.Spool;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.FrameScanner.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What {@link SpoolStorage} is, without its threads: whoever has it decides what happens next. So a simulation of a
 * whole node, which lives where all rings meet, can run each part in any order. Belongs to one thread.
 */
public final class SteppedSpool implements AutoCloseable {
    /** Turns of the writer in which a batch is durable, if it can be. */
    private static final int TURNS = 8;

    /** Rounds in which the fullest spool is sealed: a file takes two, one for its open intents. */
    private static final int ROUNDS = 500;

    private final SpoolNode node;
    private final Segments segments;

    private SteppedSpool(SpoolNode node) {
        this.node = node;
        this.segments =
                new StoredSegments(node.payloads(), node.sealer(), node.spool().keys(), this::settle);
    }

    /** Recovers what the last process left. */
    public static SteppedSpool open(
            Disk disk,
            SpoolSettings settings,
            SpoolStores stores,
            NodeName name,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator random)
            throws IOException {
        return new SteppedSpool(SpoolNode.open(disk, settings, stores, name, new Sources(clock, nanos, random)));
    }

    public Spool spool() {
        return node.spool();
    }

    public SessionArchive archive() {
        return node.archive();
    }

    public Segments segments() {
        return segments;
    }

    public SpoolStats stats() {
        return node.stats();
    }

    /** One turn of the writer. */
    public void write() {
        node.writer().step(0);
    }

    /** Indexes one batch; the answer says whether there was something to do. */
    public boolean index() throws IOException {
        return node.indexer().step() >= 0;
    }

    /** Enters one batch in the ledger; the answer says whether there was something to do. */
    public boolean enter() throws IOException {
        LedgerFeed feed = node.ledger();
        return feed != null && feed.step() >= 0;
    }

    /** Has the ledger keep and publish what was entered. */
    public void commitLedger() {
        LedgerFeed feed = node.ledger();
        if (feed != null) {
            feed.commit();
        }
    }

    /** Seals the oldest files that are ready; the answer says whether there may be more to do. */
    public boolean seal() throws IOException {
        return node.sealer().step();
    }

    /** Gives the catalog back the days that it lost. */
    public void restoreCatalog() throws IOException {
        node.restoreCatalog();
    }

    /** Closes the current file, as far as the disk lets it. */
    public void roll() {
        node.writer().roll(0);
        write();
    }

    /** Writes, indexes and enters what there is. */
    public void rest() throws IOException {
        for (int i = 0; i < TURNS; i++) {
            write();
        }
        while (index()) {
            write();
        }
        while (enter()) {
            write();
        }
        commitLedger();
    }

    /** As {@link SpoolStorage#sealNow}. */
    public void settle() {
        try {
            roll();
            boolean done = node.sealer().sealAll(0);
            for (int i = 0; i < ROUNDS && !done; i++) {
                rest();
                seal();
                done = node.sealer().sealAll(0);
            }
            if (!done) {
                throw new StorageException("spool could not be sealed; " + stats().trouble());
            }
        } catch (IOException e) {
            throw new StorageException("spool could not be sealed", e);
        }
    }

    /** The sessions whose records a spool file holds, found by their frames alone. */
    public static List<SessionId> recordsIn(byte[] spoolFile) {
        var ids = new ArrayList<SessionId>();
        var scanner = new FrameScanner(new MemoryFile(spoolFile), FileHeader.LENGTH, spoolFile.length, null, true);
        try {
            for (Found found = scanner.next(); found != null; found = scanner.next()) {
                if (found.head().kind().isRecord()) {
                    ids.add(found.head().id());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }

    /** The sessions whose records a segment holds. */
    public static List<SessionId> recordsIn(PayloadStore payloads, String key) {
        try {
            return new SegmentReader(payloads)
                    .read(key).stream().map(entry -> entry.summary().id()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a name is one of a spool file. */
    public static boolean isSpoolFile(String name) {
        return SpoolFiles.numberOf(name) >= 0;
    }

    /** All stored records of a node on this disk and in this store, to be verified. */
    public static StoredRecords records(Disk disk, PayloadStore payloads, NodeName node) {
        return new StoredFrames(disk, payloads, node);
    }

    /** Lets go of what is in memory; nothing is written any more. */
    @Override
    public void close() {
        node.close();
    }
}
