// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.FrameLocation;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import dev.hansard.storage.spool.BackgroundLoop.Outcome;
import dev.hansard.storage.spool.FrameScanner.Found;
import dev.hansard.storage.spool.SpoolCursor.Reading;
import dev.hansard.storage.spool.SpoolFiles.Known;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings what is durable into the catalog, in the order of the spool. How far it has come stands in the catalog
 * itself, in the transaction of the rows, so each record is indexed once whatever happens. Only what a power loss
 * cannot take back is indexed. While the catalog fails the spool stays, and grows. A platform thread runs {@link
 * #run}; a simulation calls {@link #step} itself.
 */
final class Indexer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Indexer.class.getName());
    private static final int BATCH = 500;
    /** Under load each transaction should be worth its price. */
    private static final BackgroundLoop.Pace PACE = new BackgroundLoop.Pace(20, 1000, 100, 5000);

    private final BackgroundLoop loop = new BackgroundLoop("sessions cannot be indexed", PACE, this::turn);
    private final SpoolFiles files;
    private final SessionCatalog catalog;
    private final SpoolCursor cursor;
    private final AtomicLong unreadable = new AtomicLong();
    private volatile SpoolPosition position;
    private Runnable advanced = () -> {};

    Indexer(SpoolFiles files, SessionCatalog catalog) {
        this.files = files;
        this.catalog = catalog;
        cursor = new SpoolCursor(files);
        position = catalog.indexedUpTo();
    }

    /** What to run when it has come further. */
    void onAdvanced(Runnable action) {
        advanced = action;
    }

    /** There is something new. */
    void wake() {
        loop.wake();
    }

    /** Runs until {@link #finish}, and then until all is indexed or the catalog fails. */
    void run() {
        loop.run();
    }

    private Outcome turn(boolean ignored) throws IOException {
        int count = step();
        if (count < 0) {
            return Outcome.NOTHING;
        }
        return count < BATCH ? Outcome.LITTLE : Outcome.MORE;
    }

    /**
     * Indexes one batch.
     *
     * @return how many records; -1 when there is nothing more for now
     */
    synchronized int step() throws IOException {
        Reading now = cursor.from(position);
        if (now == null) {
            return -1;
        }
        var batch = new ArrayList<CatalogEntry>();
        Found found = null;
        while (batch.size() < BATCH && (found = now.scanner().next()) != null) {
            if (found.head().kind().isRecord()) {
                add(batch, now, found);
            }
        }
        SpoolPosition upTo = now.upTo();
        if (!batch.isEmpty()) {
            index(batch, upTo);
        }
        position = upTo;
        advanced.run();
        return batch.size();
    }

    private void add(List<CatalogEntry> batch, Reading now, Found found) throws IOException {
        FrameHead head = found.head();
        var location = new FrameLocation(now.container(), found.offset(), head.frameLength());
        try {
            batch.add(new CatalogEntry(head.sequence(), now.scanner().summary(found), location));
        } catch (StorageException e) {
            // Its checksum is right, so whoever wrote it was wrong; the others must not wait for it.
            unreadable.incrementAndGet();
            LOG.log(Level.ERROR, "The summary of {0} cannot be read; it is not indexed", head.id());
        }
    }

    private void index(List<CatalogEntry> batch, SpoolPosition upTo) {
        try {
            catalog.index(batch, upTo);
        } catch (StorageException e) {
            // Read again from where the catalog stands.
            cursor.forget();
            throw e;
        }
    }

    /** Whether all of a closed file is in the catalog. */
    boolean hasIndexed(Known file) {
        return SpoolCursor.isPast(position, file);
    }

    /** Whether everything durable is in the catalog. */
    boolean isCurrent() {
        Optional<Known> file = files.from(position.file());
        while (file.isPresent()) {
            if (!hasIndexed(file.get())) {
                return false;
            }
            file = files.from(file.get().number() + 1);
        }
        return true;
    }

    /** Has the catalog rebuilt between two batches, and then starts over from the beginning of the spool. */
    synchronized long rebuild(CatalogRebuild rebuild) throws IOException {
        return between(rebuild::all);
    }

    /** Has the catalog given back the days that it lost, and then goes through the spool once more. */
    synchronized long restore(CatalogRebuild rebuild, Set<LocalDate> days) throws IOException {
        return between(() -> rebuild.restore(days));
    }

    /** Tells the catalog where sessions lie now whose frames were copied, and nothing else. */
    synchronized void place(List<CatalogEntry> entries) {
        for (int from = 0; from < entries.size(); from += BATCH) {
            index(entries.subList(from, Math.min(from + BATCH, entries.size())), catalog.indexedUpTo());
        }
    }

    private interface Refill {
        long run() throws IOException;
    }

    private long between(Refill refill) throws IOException {
        cursor.forget();
        try {
            return refill.run();
        } finally {
            position = catalog.indexedUpTo();
            wake();
        }
    }

    SpoolPosition position() {
        return position;
    }

    /** What is wrong; empty when nothing is. */
    String trouble() {
        return loop.trouble();
    }

    long unreadable() {
        return unreadable.get();
    }

    /** Asks {@link #run} to end once all is indexed. */
    void finish() {
        loop.finish();
    }

    @Override
    public void close() {
        cursor.forget();
    }
}
