// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.Ticket.Commit;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.spool.SpoolFiles.Known;
import dev.hansard.storage.spool.Uploads.Outcome;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes closed spool files, oldest first, through the steps that end with their deletion: all of it indexed and
 * entered in the ledger; its open
 * intents taken over into the current file; its records stored as segments, verified, and found there by the catalog.
 * Each step can be done again, so it may be killed between any two. While the payload store fails the spool stays, and
 * grows; a file that fails alone is passed over ({@link Setbacks}). A platform thread runs {@link #run}; a simulation
 * calls {@link #step} itself.
 */
final class Sealer {
    private static final Logger LOG = System.getLogger(Sealer.class.getName());
    private static final long IDLE_MILLIS = 1000;
    private static final long FIRST_BACKOFF_MILLIS = 500;
    private static final long LAST_BACKOFF_MILLIS = 60_000;
    private static final long POLL_MILLIS = 20;

    private final Disk disk;
    private final SpoolFiles files;
    private final Indexer indexer;
    private final Uploads uploads;
    private final Carrier carrier;
    private final Setbacks setbacks;
    private @Nullable LedgerFeed ledger;
    private final Signal signal = new Signal();
    private final AtomicLong stored = new AtomicLong();
    /** Whether a deleted file may come back with a loss of power; the last process may have left that, too. */
    private boolean mayComeBack = true;

    private volatile boolean closing;
    private volatile String trouble = "";

    Sealer(Disk disk, SpoolFiles files, Indexer indexer, Uploads uploads, Carrier carrier, Setbacks setbacks) {
        this.disk = disk;
        this.files = files;
        this.indexer = indexer;
        this.uploads = uploads;
        this.carrier = carrier;
        this.setbacks = setbacks;
    }

    /** No file goes before the ledger has its records. */
    void after(LedgerFeed feed) {
        ledger = feed;
    }

    void wake() {
        signal.wake();
    }

    void run() {
        long backoff = FIRST_BACKOFF_MILLIS;
        while (!closing) {
            try {
                boolean more = step();
                backoff = FIRST_BACKOFF_MILLIS;
                trouble = "";
                if (!more && !closing) {
                    signal.await(IDLE_MILLIS);
                }
            } catch (IOException | RuntimeException e) {
                if (trouble.isEmpty()) {
                    LOG.log(Level.WARNING, "Sessions cannot be sealed for now; they stay in the spool", e);
                }
                trouble = "sessions cannot be sealed: " + e.getMessage();
                signal.await(backoff);
                backoff = Math.min(2 * backoff, LAST_BACKOFF_MILLIS);
            }
        }
    }

    /** Seals the oldest files that are ready; the answer says whether there may be more to do. */
    synchronized boolean step() throws IOException {
        forgetForGood();
        List<Outcome> outcomes = uploads.store(ready());
        Exception failure = null;
        boolean progress = false;
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Stored(Known file, int count) -> {
                    remove(file);
                    stored.addAndGet(count);
                    progress = true;
                }
                case Outcome.Kept kept -> {
                    if (!kept.isOutage()) {
                        setbacks.failed(kept.file(), kept.reason());
                    }
                    progress |= setbacks.isAside(kept.file().number());
                    failure = kept.isOutage() || failure == null ? kept.reason() : failure;
                }
            }
        }
        if (failure != null && (!progress || isOutage(failure))) {
            complain(failure);
        }
        return progress;
    }

    /** The oldest files that can be sealed now, as many as may be at once; those that failed before come last. */
    private List<Known> ready() throws IOException {
        var ready = new ArrayList<Known>();
        var failed = new ArrayList<Known>();
        Optional<Known> next = files.from(0);
        while (next.isPresent() && ready.size() < uploads.most() && next.get().closed()) {
            Known file = next.get();
            if (setbacks.isDue(file.number())
                    && indexer.hasIndexed(file)
                    && isEntered(file)
                    && carrier.hasTakenOver(file, files)) {
                (setbacks.isClean(file.number()) ? ready : failed).add(file);
            }
            next = files.from(file.number() + 1);
        }
        failed.stream().limit(uploads.most() - ready.size()).forEach(ready::add);
        return ready;
    }

    private boolean isEntered(Known file) {
        if (ledger == null || ledger.hasEntered(file)) {
            return true;
        }
        ledger.hurry();
        return false;
    }

    private void remove(Known file) throws IOException {
        setbacks.succeeded(file.number());
        files.remove(file.number());
        disk.delete(file.name());
        mayComeBack = true;
        forgetForGood();
    }

    /** A file that came back would be sealed again, and bring back what was removed from its segments meanwhile. */
    private void forgetForGood() throws IOException {
        if (mayComeBack) {
            disk.sync();
            mayComeBack = false;
        }
    }

    private static boolean isOutage(Exception failure) {
        return failure instanceof StorageException storage && storage.isOutage();
    }

    private static void complain(Exception failure) throws IOException {
        switch (failure) {
            case IOException io -> throw io;
            case RuntimeException runtime -> throw runtime;
            default -> throw new IllegalStateException("sealing failed in an unknown way", failure);
        }
    }

    /** Has the catalog rebuilt while no segment comes and no spool file goes: neither would be seen. */
    synchronized long rebuild(CatalogRebuild rebuild) throws IOException {
        return indexer.rebuild(rebuild);
    }

    /** Has the catalog given back the days that it lost, with the same care. */
    synchronized long restore(CatalogRebuild rebuild, Set<LocalDate> days) throws IOException {
        return indexer.restore(rebuild, days);
    }

    /**
     * Runs something while no segment comes and the catalog is not rebuilt from those that are there, and when no spool
     * file can come back that they were made of.
     */
    synchronized <T extends @Nullable Object> T alone(Step<T> step) throws IOException {
        forgetForGood();
        return step.run();
    }

    /** Points the catalog to frames that were copied. */
    void place(List<CatalogEntry> entries) {
        indexer.place(entries);
    }

    /** Something that is done alone. */
    interface Step<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /**
     * Waits until no closed file is left but what is set aside, which is tried once more; the answer is false when that
     * takes longer than {@code limitMillis}.
     */
    boolean sealAll(long limitMillis) {
        setbacks.tryAll();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        var pause = new Signal();
        while (isWaiting()) {
            if (System.nanoTime() >= end || closing) {
                return false;
            }
            indexer.wake();
            wake();
            pause.await(POLL_MILLIS);
        }
        return true;
    }

    private boolean isWaiting() {
        Optional<Known> next = files.from(0);
        while (next.isPresent() && next.get().closed()) {
            if (!setbacks.isAside(next.get().number())) {
                return true;
            }
            next = files.from(next.get().number() + 1);
        }
        return false;
    }

    /** Whether a file is passed over, since it fails alone. */
    boolean isAside(long number) {
        return setbacks.isAside(number);
    }

    /** Why a file could not be sealed so far; empty when it has not failed. */
    String reason(long number) {
        return setbacks.reason(number);
    }

    long segments() {
        return stored.get();
    }

    int setAside() {
        return setbacks.count();
    }

    /** What is wrong; empty when nothing is. */
    String trouble() {
        String now = trouble;
        return now.isEmpty() ? setbacks.trouble() : now;
    }

    void finish() {
        closing = true;
        wake();
    }

    /** Takes open intents out of a file that is going to be deleted into the current one. Belongs to the sealer. */
    static final class Carrier {
        private final DurableSpool spool;
        private final Map<SessionId, Entry> underWay = new HashMap<>();

        Carrier(DurableSpool spool) {
            this.spool = spool;
        }

        /**
         * Whether no open intent is left; otherwise what is there is under way, and the question has to be asked
         * again.
         */
        boolean hasTakenOver(Known known, SpoolFiles files) throws IOException {
            underWay.values().removeIf(entry -> entry.await(Duration.ZERO) != Commit.LATE);
            boolean clear = true;
            for (OpenIntents.Place place : spool.intents().in(known.number())) {
                clear = false;
                if (!underWay.containsKey(place.id())) {
                    send(place, files);
                }
            }
            return clear;
        }

        private void send(OpenIntents.Place place, SpoolFiles files) throws IOException {
            byte[] bytes;
            try (Disk.File file = files.open(place.file());
                    var in = new FileFrame(file, place.offset()).open(0, place.length())) {
                bytes = in.readAllBytes();
            }
            if (bytes.length != place.length()) {
                throw new IOException("intent in " + SpoolFiles.nameOf(place.file()) + " is cut short");
            }
            var frame = new EncodedFrame(FrameKind.INTENT, place.id(), bytes, bytes.length);
            var entry = new Entry(frame, null, true, true, spool.patience());
            if (spool.queue().offer(entry)) {
                underWay.put(place.id(), entry);
            }
        }
    }
}
