// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.crypt.KeyErasure;
import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.search.ContentSearch;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.Spool;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.usage.StoredParts;
import dev.hansard.ports.value.NodeName;
import dev.hansard.storage.crypt.KeyRotation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The spool of one node with all that belongs to it: writer, indexer, sealer, archive. One process may have a folder
 * open at a time. {@link #close} makes everything durable and indexes it.
 */
public final class SpoolStorage implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SpoolStorage.class.getName());
    private static final long RESTORE_EVERY_MILLIS = 10_000;
    private static final long ROLL_LIMIT_MILLIS = 10_000;
    private static final long CLOSE_LIMIT_MILLIS = 30_000;
    /** Spool files stored at once; each may hold a piece of an upload in memory. */
    private static final int UPLOADS = 4;

    private final SpoolNode node;
    private final Closeable lock;
    private final List<Thread> threads;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final @Nullable Thread ledgerThread;
    private final Thread restorer;
    private final Segments segments;
    private boolean closed;

    private SpoolStorage(SpoolNode node, Closeable lock) {
        this.node = node;
        this.lock = lock;
        // Platform threads: each blocks in the disk or the database for long, and there are but four.
        threads = List.of(
                thread("spool-writer", node.writer()::run),
                thread("spool-indexer", node.indexer()::run),
                thread("spool-sealer", node.sealer()::run));
        LedgerFeed feed = node.ledger();
        ledgerThread = feed == null ? null : thread("spool-ledger", feed::run);
        segments =
                new StoredSegments(node.payloads(), node.sealer(), node.spool().keys(), this::sealNow);
        restorer = thread("spool-restorer", this::keepCatalogWhole);
    }

    /** A catalog loses days with an unclean stop, and may find damage at any time. */
    private void keepCatalogWhole() {
        try {
            do {
                restore();
            } while (!closing.await(RESTORE_EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void restore() {
        try {
            long rows = node.restoreCatalog();
            if (rows > 0) {
                LOG.log(System.Logger.Level.INFO, "the catalog had lost days; {0} rows came back from segments", rows);
            }
        } catch (IOException | StorageException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the catalog''s lost days cannot be restored yet: {0}",
                    e.getMessage());
        }
    }

    private static Thread thread(String name, Runnable task) {
        return Thread.ofPlatform().name(name).daemon(true).start(task);
    }

    /**
     * Opens the spool and brings in order what the last process left; what it recorded is indexed from then on.
     *
     * @param random must not be guessed by others, as {@link java.security.SecureRandom} is
     * @throws StorageException when the folder cannot be read or written, or is of a later version
     */
    public static SpoolStorage open(
            SpoolSettings settings,
            SessionCatalog catalog,
            PayloadStore payloads,
            NodeName name,
            InstantSource clock,
            RandomGenerator random) {
        return open(settings, new SpoolStores(catalog, payloads), name, clock, random);
    }

    /**
     * As above, with all stores.
     *
     * @param random must not be guessed by others, as {@link java.security.SecureRandom} is: keys are made of it
     * @throws StorageException when the folder cannot be read or written, or is of a later version, or has keys that
     *     the wrapper does not unwrap
     */
    public static SpoolStorage open(
            SpoolSettings settings, SpoolStores stores, NodeName name, InstantSource clock, RandomGenerator random) {
        try {
            NioDisk disk = NioDisk.at(settings.folder());
            Closeable lock = disk.lock();
            try {
                var sources = new Sources(clock, System::nanoTime, random);
                SpoolStores all = stores.storing(UPLOADS);
                return new SpoolStorage(SpoolNode.open(disk, settings, all, name, sources), lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StorageException("spool in " + settings.folder() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    static SpoolStorage open(
            Disk disk,
            SpoolSettings settings,
            SessionCatalog catalog,
            PayloadStore payloads,
            NodeName name,
            Sources sources)
            throws IOException {
        SpoolStores stores = new SpoolStores(catalog, payloads).storing(UPLOADS);
        return new SpoolStorage(SpoolNode.open(disk, settings, stores, name, sources), () -> {});
    }

    /**
     * Wraps all data keys anew, those in a spool's folder and those in a payload store. A node may have the folder
     * open.
     *
     * @throws StorageException when that cannot be done to the end; it can be done again
     */
    public static KeyRotation.Outcome rotateKeys(Path folder, PayloadStore payloads, KeyWrapper wrapper) {
        try {
            return KeyRotation.run(wrapper, NioDisk.at(folder), payloads);
        } catch (IOException e) {
            throw new StorageException("keys in " + folder + " cannot be wrapped anew: " + e.getMessage(), e);
        }
    }

    public Spool spool() {
        return node.spool();
    }

    public SessionArchive archive() {
        return node.archive();
    }

    /** Finds sessions by their contents, in this node's spool and in the segments of all. */
    public ContentSearch search() {
        return node.search();
    }

    /** What makes stored sessions unreadable; empty when they are stored in clear. */
    public Optional<KeyErasure> erasure() {
        return node.spool().keys().erasure();
    }

    /** The segments in the payload store, and the way in which they go. */
    public Segments segments() {
        return segments;
    }

    /**
     * What is on this node's disk, and whether all of it is whole.
     *
     * @param keeps whether the payload store is on the disk of the spool
     */
    public StoredParts parts(boolean keeps) {
        return node.parts(keeps);
    }

    /**
     * Closes the current file and stores all that is closed as segments; returns when that is done.
     *
     * @throws StorageException when the disk, the catalog or the payload store does not do its part in time
     */
    public void sealNow() {
        if (!node.writer().roll(ROLL_LIMIT_MILLIS) || !node.sealer().sealAll(CLOSE_LIMIT_MILLIS)) {
            throw new StorageException(
                    "spool could not be sealed in time; " + node.stats().trouble());
        }
    }

    /**
     * Closes the current file and stores all that is closed as segments, however long it takes while it gets on.
     * Nothing may be recorded meanwhile.
     *
     * @param patience for how long nothing may get better before it is given up
     * @param told how many bytes are left, several times a second
     * @return the files that stay in the folder; empty when there is nothing left to store
     */
    public List<LeftFile> drain(Duration patience, LongConsumer told) {
        return new SpoolDrain(node, patience, told).run();
    }

    /**
     * A spool file that could not be stored.
     *
     * @param name within the spool's folder
     * @param reason what is wrong, for people
     */
    public record LeftFile(String name, long bytes, String reason) {}

    /** Whether everything durable is in the catalog. */
    public boolean isIndexed() {
        return node.indexer().isCurrent();
    }

    /**
     * As below, for whoever does not look on.
     *
     * @return rows that came from segments
     */
    public long rebuildCatalog() {
        return rebuildCatalog(_ -> {}).rows();
    }

    /**
     * Empties the catalog and fills it again from the segments in the payload store; what is still in the spool follows
     * within moments, see {@link #isIndexed}. Meanwhile the catalog shows fewer sessions than there are. A segment that
     * cannot be read is named, and the others are read all the same.
     *
     * @param told how far it is, after each segment
     * @throws StorageException when the payload store or the catalog cannot be used; then it has to be done again
     */
    public RebuiltCatalog rebuildCatalog(Consumer<RebuiltCatalog> told) {
        try {
            return node.rebuildCatalog(told);
        } catch (IOException e) {
            throw new StorageException("catalog cannot be rebuilt: " + e.getMessage(), e);
        }
    }

    public SpoolStats stats() {
        return node.stats();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        closing.countDown();
        join(restorer);
        node.spool().queue().close();
        join(threads.get(0));
        node.sealer().finish();
        join(threads.get(2));
        node.indexer().finish();
        join(threads.get(1));
        LedgerFeed feed = node.ledger();
        if (feed != null && ledgerThread != null) {
            feed.finish();
            join(ledgerThread);
        }
        node.close();
        try {
            lock.close();
        } catch (IOException _) {
            // It ends with the process at the latest.
        }
    }

    private static void join(Thread thread) {
        try {
            // A disk that hangs must not keep the process; what it holds is recovered by the next.
            thread.join(CLOSE_LIMIT_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
