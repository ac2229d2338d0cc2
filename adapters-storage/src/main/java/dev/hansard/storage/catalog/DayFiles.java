// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.session.StorageException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Opens day files when they are needed and closes the least used ones. A file is open either for reading or for
 * writing; one that is open for writing serves readers too. A thread holds a lease on one file at a time and asks for
 * no other meanwhile, so that waiting for a lease to end cannot deadlock. Everything here is guarded by {@code lock}.
 */
final class DayFiles implements AutoCloseable {
    private static final long WAIT_SECONDS = 30;

    private final CatalogFolder folder;
    private final H2CatalogSettings settings;
    private final LongSupplier nanos;
    private final DayBook book;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    /** Least used first. */
    private final LinkedHashMap<LocalDate, OpenDay> open = new LinkedHashMap<>(16, 0.75f, true);

    private boolean closed;

    DayFiles(CatalogFolder folder, H2CatalogSettings settings, LongSupplier nanos) {
        this.folder = folder;
        this.settings = settings;
        this.nanos = nanos;
        this.book = new DayBook(folder);
    }

    /** What is done with an open file. */
    interface Work<T> {
        T on(DayFile file) throws SQLException;
    }

    private static final class OpenDay {
        final DayFile file;
        final boolean isWritable;
        int leases;
        long writtenNanos;
        boolean isClosing;

        @Nullable
        Exception damage;

        OpenDay(DayFile file, boolean isWritable) {
            this.file = file;
            this.isWritable = isWritable;
        }
    }

    /** Reads the file of a day; empty when there is none. */
    <T> Optional<T> read(LocalDate day, Work<T> work) {
        return Optional.ofNullable(run(day, this::leaseToRead, work));
    }

    /** Writes to the file of a day, which is made when it is missing. */
    <T> T write(LocalDate day, Work<T> work) {
        T result = run(day, this::leaseToWrite, work);
        if (result == null) {
            throw new IllegalStateException("a lease to write the file of " + day + " always has a file");
        }
        return result;
    }

    private <T> @Nullable T run(LocalDate day, Function<LocalDate, Optional<OpenDay>> leasing, Work<T> work) {
        // An interrupt in the middle of I/O would close the file's channel under all its readers.
        boolean interrupted = Thread.interrupted();
        try {
            Optional<OpenDay> leased = leasing.apply(day);
            return leased.isEmpty() ? null : run(day, leased.get(), work);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T run(LocalDate day, OpenDay lease, Work<T> work) {
        try {
            return work.on(lease.file);
        } catch (SQLException | JdbiException | MVStoreException | DamagedDayException e) {
            if (H2Failure.isDamage(e, lease.isWritable)) {
                noteDamage(lease, e);
            }
            throw new StorageException("catalog of " + day + " failed: " + H2Failure.describe(e), e);
        } finally {
            release(day, lease);
        }
    }

    private void noteDamage(OpenDay lease, Exception damage) {
        lock.lock();
        try {
            lease.damage = damage;
            lease.isClosing = true;
        } finally {
            lock.unlock();
        }
    }

    private Optional<OpenDay> leaseToRead(LocalDate day) {
        lock.lock();
        try {
            while (true) {
                requireOpen();
                OpenDay there = open.get(day);
                if (there == null && !book.holds(day)) {
                    return Optional.empty();
                }
                if (there == null && hasRoom()) {
                    there = opened(day, false);
                }
                if (there != null && !there.isClosing) {
                    there.leases++;
                    return Optional.of(there);
                }
                awaitRelease();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<OpenDay> leaseToWrite(LocalDate day) {
        lock.lock();
        try {
            retireIf(other -> other.isWritable && isIdle(other));
            while (true) {
                requireOpen();
                OpenDay there = open.get(day);
                if (there != null && !there.isWritable) {
                    there.isClosing = true;
                    retireIf(other -> other.isClosing);
                    there = open.get(day);
                }
                if (there == null && hasRoom()) {
                    there = opened(day, true);
                }
                if (there != null && !there.isClosing) {
                    there.leases++;
                    there.writtenNanos = nanos.getAsLong();
                    return Optional.of(there);
                }
                awaitRelease();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isIdle(OpenDay there) {
        return nanos.getAsLong() - there.writtenNanos >= settings.writerIdle().toNanos();
    }

    private OpenDay opened(LocalDate day, boolean toWrite) {
        if (toWrite) {
            book.noteOpen(day);
        }
        long rows = book.facts(day).rows();
        try {
            var file = toWrite
                    ? DayFile.openToWrite(folder.file(day), settings, rows)
                    : DayFile.openToRead(folder.file(day), settings, rows);
            var opened = new OpenDay(file, toWrite);
            open.put(day, opened);
            return opened;
        } catch (JdbiException | MVStoreException | DamagedDayException e) {
            if (H2Failure.isDamage(e, toWrite)) {
                book.lose(day, H2Failure.describe(e));
            }
            throw new StorageException("catalog of " + day + " cannot be opened: " + H2Failure.describe(e), e);
        }
    }

    private void release(LocalDate day, OpenDay lease) {
        lock.lock();
        try {
            lease.leases--;
            if (lease.isClosing && lease.leases == 0) {
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
            var leastUsed = open.entrySet().stream()
                    .filter(entry -> entry.getValue().leases == 0)
                    .findFirst();
            if (leastUsed.isEmpty()) {
                return false;
            }
            retire(leastUsed.get().getKey(), leastUsed.get().getValue());
        }
        return true;
    }

    private void retireIf(Predicate<OpenDay> condition) {
        for (Map.Entry<LocalDate, OpenDay> entry : List.copyOf(open.entrySet())) {
            if (entry.getValue().leases == 0 && condition.test(entry.getValue())) {
                retire(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Closes a file that nobody uses. Whether it may be trusted from now on is decided here. */
    private void retire(LocalDate day, OpenDay there) {
        open.remove(day);
        released.signalAll();
        if (there.damage != null) {
            there.file.abandon();
            book.lose(day, H2Failure.describe(there.damage));
            return;
        }
        there.file.close();
        if (there.isWritable) {
            trust(day);
        }
    }

    private void trust(LocalDate day) {
        try {
            DayFile.openToRead(folder.file(day), settings, book.facts(day).rows())
                    .close();
            book.noteClosed(day);
        } catch (JdbiException | MVStoreException | DamagedDayException e) {
            book.lose(day, H2Failure.describe(e));
        }
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

    /** Asks or tells the book something. */
    <T> T book(Function<DayBook, T> work) {
        lock.lock();
        try {
            requireOpen();
            return work.apply(book);
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
            book.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Removes the files of these days; nobody may be writing. */
    void forget(Set<LocalDate> days) {
        lock.lock();
        try {
            requireOpen();
            for (LocalDate day : days) {
                OpenDay there = open.get(day);
                while (there != null) {
                    there.isClosing = true;
                    retireIf(other -> other.isClosing);
                    there = open.get(day);
                    if (there != null) {
                        awaitRelease();
                    }
                }
            }
            book.forget(days);
        } finally {
            lock.unlock();
        }
    }

    private void retireAll() {
        while (!open.isEmpty()) {
            open.values().forEach(there -> there.isClosing = true);
            retireIf(_ -> true);
            if (!open.isEmpty()) {
                awaitRelease();
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
                book.save();
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
