// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Opens day files when they are needed and closes the least used ones.
 *
 * <p>H2 is trusted with a file only from a proper close on: after a kill it was seen to reopen with table and index in
 * disagreement. So before a file is opened for writing, its day is written down as open, durably; once it is closed, its row count has
 * been checked and it has been synced, the day is taken off. Whatever is written down at the start of a process is dropped and
 * indexed again. Between the two, nothing depends on when H2 writes, so that it may do so in its own time.
 *
 * <p>A file is open either for reading or for writing. A thread holds a lease on one file at a time and asks for no other
 * meanwhile, so that waiting for a lease to end cannot deadlock. Everything here is guarded by {@code lock}.
 */
final class DayFiles implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DayFiles.class.getName());
    private static final long WAIT_SECONDS = 30;

    private final CatalogFolder folder;
    private final H2CatalogSettings settings;
    private final LongSupplier nanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    /** Least used first. */
    private final LinkedHashMap<LocalDate, OpenDay> open = new LinkedHashMap<>(16, 0.75f, true);

    private SpoolPosition position;
    private final NavigableSet<LocalDate> writable;
    private final NavigableSet<LocalDate> lost;
    private final NavigableMap<LocalDate, DayFacts> days;
    private boolean closed;

    DayFiles(CatalogFolder folder, H2CatalogSettings settings, LongSupplier nanos) {
        this.folder = folder;
        this.settings = settings;
        this.nanos = nanos;
        CatalogState state = folder.recover();
        this.position = state.position();
        this.writable = new TreeSet<>();
        this.lost = new TreeSet<>(state.lost());
        this.days = new TreeMap<>(state.days());
    }

    /** What is done with an open file. */
    interface Work<T> {
        T on(DayFile file) throws SQLException;
    }

    private static final class OpenDay {
        final DayFile file;
        final boolean isWritable;
        int leases;
        long usedNanos;
        boolean isClosing;
        boolean isDamaged;

        OpenDay(DayFile file, boolean isWritable) {
            this.file = file;
            this.isWritable = isWritable;
        }
    }

    /** Reads the file of a day; empty when there is none. */
    <T> Optional<T> read(LocalDate day, Work<T> work) {
        return Optional.ofNullable(run(day, false, work));
    }

    /** Writes to the file of a day, which is made when it is missing. */
    <T> T write(LocalDate day, Work<T> work) {
        T result = run(day, true, work);
        if (result == null) {
            throw new IllegalStateException("there is a file for " + day + " after a lease to write it");
        }
        return result;
    }

    private <T> @Nullable T run(LocalDate day, boolean toWrite, Work<T> work) {
        // An interrupt in the middle of I/O would close the file's channel under all its readers.
        boolean interrupted = Thread.interrupted();
        OpenDay lease = null;
        try {
            lease = toWrite ? leaseToWrite(day) : leaseToRead(day);
            return lease == null ? null : work.on(lease.file);
        } catch (SQLException | JdbiException | MVStoreException e) {
            throw failure(day, lease, e);
        } finally {
            if (lease != null) {
                release(day, lease);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private StorageException failure(LocalDate day, @Nullable OpenDay lease, Exception e) {
        if (lease != null && H2Failure.isDamage(e, lease.isWritable)) {
            lock.lock();
            try {
                lease.isDamaged = true;
                lease.isClosing = true;
            } finally {
                lock.unlock();
            }
        }
        return new StorageException("catalog of " + day + " failed: " + H2Failure.describe(e), e);
    }

    private @Nullable OpenDay leaseToRead(LocalDate day) {
        lock.lock();
        try {
            while (true) {
                requireOpen();
                OpenDay there = open.get(day);
                if (there == null && !days.containsKey(day)) {
                    return null;
                }
                if (there == null && hasRoom()) {
                    there = opened(day, false);
                }
                if (there != null && !there.isClosing) {
                    there.leases++;
                    return there;
                }
                awaitRelease();
            }
        } finally {
            lock.unlock();
        }
    }

    private OpenDay leaseToWrite(LocalDate day) {
        lock.lock();
        try {
            while (true) {
                requireOpen();
                OpenDay there = open.get(day);
                if (there != null && !there.isWritable) {
                    there.isClosing = true;
                    if (there.leases == 0) {
                        retire(day, there);
                        there = null;
                    }
                }
                if (there == null && hasRoom()) {
                    closeIdleWriters();
                    there = opened(day, true);
                }
                if (there != null && !there.isClosing) {
                    there.leases++;
                    there.usedNanos = nanos.getAsLong();
                    closeIdleWriters();
                    return there;
                }
                awaitRelease();
            }
        } finally {
            lock.unlock();
        }
    }

    private OpenDay opened(LocalDate day, boolean toWrite) {
        try {
            if (toWrite) {
                noteOpen(day);
            }
            var file = toWrite
                    ? DayFile.openToWrite(folder.file(day), settings)
                    : DayFile.openToRead(folder.file(day), settings);
            var opened = new OpenDay(file, toWrite);
            open.put(day, opened);
            return opened;
        } catch (JdbiException | MVStoreException e) {
            if (H2Failure.isDamage(e, toWrite)) {
                lose(day, e);
            }
            throw new StorageException("catalog of " + day + " cannot be opened: " + H2Failure.describe(e), e);
        }
    }

    private void noteOpen(LocalDate day) {
        boolean isNoted = !writable.add(day);
        if (isNoted) {
            return;
        }
        try {
            folder.write(state());
        } catch (StorageException e) {
            writable.remove(day);
            throw e;
        }
        days.putIfAbsent(day, DayFacts.EMPTY);
    }

    private void release(LocalDate day, OpenDay lease) {
        lock.lock();
        try {
            lease.leases--;
            if (lease.isDamaged && lease.leases == 0) {
                retire(day, lease);
            }
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Makes room for one more open file if it can. */
    private boolean hasRoom() {
        while (open.size() >= settings.openDays()) {
            var eldest = open.entrySet().stream()
                    .filter(entry -> entry.getValue().leases == 0)
                    .findFirst();
            if (eldest.isEmpty()) {
                return false;
            }
            retire(eldest.get().getKey(), eldest.get().getValue());
        }
        return true;
    }

    private void closeIdleWriters() {
        long now = nanos.getAsLong();
        var idle = open.entrySet().stream()
                .filter(entry -> entry.getValue().isWritable && entry.getValue().leases == 0)
                .filter(entry -> now - entry.getValue().usedNanos
                        >= settings.writerIdle().toNanos())
                .map(Map.Entry::getKey)
                .toList();
        for (LocalDate day : idle) {
            OpenDay there = open.get(day);
            if (there != null) {
                retire(day, there);
            }
        }
    }

    /** Closes a file that nobody uses. Whether it may be trusted from now on is decided here. */
    private void retire(LocalDate day, OpenDay there) {
        open.remove(day);
        released.signalAll();
        if (there.isDamaged) {
            there.file.abandon();
            lose(day, null);
            return;
        }
        try {
            there.file.close();
            if (there.isWritable) {
                checkRows(day);
                folder.sync(day);
                writable.remove(day);
                folder.write(state());
            }
        } catch (JdbiException | MVStoreException e) {
            there.file.abandon();
            if (there.isWritable) {
                lose(day, e);
            }
        }
    }

    /** H2 closes a file without a word even when it could not write all of it. */
    private void checkRows(LocalDate day) {
        long expected = days.getOrDefault(day, DayFacts.EMPTY).rows();
        long found;
        try (DayFile closedFile = DayFile.openToRead(folder.file(day), settings)) {
            found = closedFile.count();
        }
        if (found != expected) {
            throw new MVStoreException(0, day + " should hold " + expected + " rows, but holds " + found);
        }
    }

    private void lose(LocalDate day, @Nullable Exception cause) {
        LOG.log(
                System.Logger.Level.ERROR,
                "catalog of {0} is damaged, set aside and to be indexed again: {1}",
                day,
                cause == null ? "a statement failed" : H2Failure.describe(cause));
        days.remove(day);
        lost.add(day);
        folder.setAside(day);
        writable.remove(day);
        folder.write(state());
    }

    @SuppressWarnings("WaitNotInLoop") // Every caller asks again in a loop.
    private void awaitRelease() {
        try {
            if (!released.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new StorageException("catalog is busy: no file was free within " + WAIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("catalog call was interrupted", e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageException("catalog is closed");
        }
    }

    private CatalogState state() {
        return new CatalogState(position, writable, lost, days);
    }

    SpoolPosition position() {
        return guarded(() -> position);
    }

    void moveTo(SpoolPosition next) {
        guarded(() -> position = next);
    }

    void grow(LocalDate day, UnaryOperator<DayFacts> growth) {
        guarded(() -> days.compute(day, (_, facts) -> growth.apply(facts == null ? DayFacts.EMPTY : facts)));
    }

    /** What is known of each day, at this moment. */
    NavigableMap<LocalDate, DayFacts> facts() {
        return guarded(() -> new TreeMap<>(days));
    }

    Set<LocalDate> lostDays() {
        return guarded(() -> Set.copyOf(lost));
    }

    void rebuilt(Collection<LocalDate> again) {
        guarded(() -> {
            if (lost.removeAll(again)) {
                folder.write(state());
            }
            return lost;
        });
    }

    private <T> T guarded(Supplier<T> work) {
        lock.lock();
        try {
            requireOpen();
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Removes every file; nobody may be writing. */
    void clear() {
        lock.lock();
        try {
            requireOpen();
            retireAll();
            var gone = new TreeSet<>(days.keySet());
            days.clear();
            lost.clear();
            position = SpoolPosition.START;
            // The files are still named as open, so that a stop in between drops them too.
            writable.addAll(gone);
            folder.write(state());
            gone.forEach(folder::delete);
            writable.clear();
            folder.write(state());
        } finally {
            lock.unlock();
        }
    }

    private void retireAll() {
        for (LocalDate day : new TreeSet<>(open.keySet())) {
            OpenDay there;
            while ((there = open.get(day)) != null) {
                there.isClosing = true;
                if (there.leases == 0) {
                    retire(day, there);
                } else {
                    awaitRelease();
                }
            }
        }
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        lock.lock();
        try {
            if (!closed) {
                retireAll();
                folder.write(state());
            }
        } finally {
            closed = true;
            lock.unlock();
            folder.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
