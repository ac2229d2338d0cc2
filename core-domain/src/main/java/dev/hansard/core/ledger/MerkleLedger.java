// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.core.ledger.note.LedgerKey;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.ledger.RecordLedger;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one node. Leaves go to a log on the local disk; a commit syncs the log, signs the root, keeps both in
 * the state, and only then shows them to anybody; then it publishes them.
 *
 * <p>The spool has what was appended and not committed. A process that ends in between finds the
 * older state, reads the same records again, and enters them again; as nothing of the first try was signed, the two
 * need not be the same. A process that ends after the state was kept and before it was published publishes it at its
 * next commit. So at any moment the state is at least as new as what is published, and a state that is older can only
 * be one that somebody put back: it is refused.
 *
 * <p>Leaves are guarded by this object, publishing by a lock of its own, so that a slow store does not keep anybody
 * from entering an event.
 */
public final class MerkleLedger implements RecordLedger, AutoCloseable {
    private final Disk disk;
    private final PublishedLedger published;
    private final LedgerKey key;
    private final LongSupplier nanos;
    private final long everyNanos;
    private final Object publishing = new Object();
    private @Nullable OpenLedger open;
    private @Nullable Publisher publisher;
    private Publisher.@Nullable Base base;
    private long committedAt;
    private volatile long publishedSize;
    private volatile @Nullable LedgerState kept;
    private volatile String trouble = "";

    /**
     * A ledger that is opened with its first use.
     *
     * @param disk a folder of its own
     * @param key of that ledger
     * @param every how long a leaf waits for its checkpoint at most
     */
    public MerkleLedger(Disk disk, PublishedLedger published, LedgerKey key, LongSupplier nanos, Duration every) {
        if (!key.publicKey().name().equals(published.origin())) {
            throw new InvalidValueException("the ledger key must be of '" + published.origin() + "', but is of '"
                    + key.publicKey().name() + "'; give each node a key of its own");
        }
        this.disk = disk;
        this.published = published;
        this.key = key;
        this.nanos = nanos;
        everyNanos = every.toNanos();
        committedAt = nanos.getAsLong() - everyNanos;
    }

    private interface Step<T> {
        T on(OpenLedger ledger) throws IOException;
    }

    /** Whatever fails, what is in memory is forgotten: the disk knows what is true. */
    private synchronized <T> T with(Step<T> step) {
        try {
            OpenLedger now = open;
            if (now == null) {
                now = OpenLedger.open(disk, published);
                open = now;
                keep(now.state());
                publishedSize = now.state().published();
                base = new Publisher.Base(now.state().base(), now.state().edge());
                trouble = "";
            }
            return step.on(now);
        } catch (IOException | InvalidValueException e) {
            forget();
            throw failed(new StorageException("the ledger cannot be written: " + e.getMessage(), e));
        } catch (StorageException e) {
            forget();
            throw failed(e);
        }
    }

    private StorageException failed(StorageException e) {
        trouble = String.valueOf(e.getMessage());
        return e;
    }

    private void forget() {
        OpenLedger before = open;
        open = null;
        try {
            if (before != null) {
                before.close();
            }
        } catch (IOException _) {
            // What was written to it is not counted on.
        }
    }

    private void keep(LedgerState state) {
        kept = state;
    }

    @Override
    public SpoolPosition position() {
        return with(OpenLedger::position);
    }

    @Override
    public void append(List<LedgerEntry.Session> records, SpoolPosition upTo) {
        with(ledger -> {
            for (LedgerEntry.Session record : records) {
                ledger.add(record);
            }
            ledger.moveTo(upTo);
            return ledger;
        });
    }

    /**
     * Enters an event. It is signed and durable when this returns, and published with the next commit: so that whoever
     * deletes something enters it first.
     *
     * @return index of its leaf
     * @throws StorageException when it could not be entered; what it tells of must not be done
     */
    public long enter(LedgerEntry.Event event) {
        return with(ledger -> {
            long index = ledger.add(event);
            seal(ledger);
            return index;
        });
    }

    private void seal(OpenLedger ledger) throws IOException {
        Publisher.Base from = base == null ? new Publisher.Base(0, List.of()) : base;
        keep(ledger.seal(key, publishedSize, from));
    }

    @Override
    public synchronized boolean isDue() {
        boolean waits = open != null && (open.isAhead() || open.state().size() > publishedSize);
        return waits && nanos.getAsLong() - committedAt >= everyNanos;
    }

    @Override
    public void commit() {
        LedgerState sealed = with(ledger -> {
            committedAt = nanos.getAsLong();
            if (ledger.isAhead()) {
                seal(ledger);
            }
            return ledger.state();
        });
        if (sealed.size() > publishedSize) {
            publish(sealed);
        }
    }

    private void publish(LedgerState sealed) {
        synchronized (publishing) {
            try {
                Publisher now = publisher;
                if (now == null) {
                    now = new Publisher(published, new LeafLog.Reader(disk, sealed.base()), sealed);
                    publisher = now;
                }
                now.advance(sealed.size(), sealed.checkpoint());
                published(sealed.size(), now.base());
            } catch (IOException | StorageException e) {
                trouble = "the ledger cannot be published: " + e.getMessage();
                closePublisher();
            }
        }
    }

    private synchronized void published(long size, Publisher.Base reached) {
        publishedSize = size;
        base = reached;
        trouble = "";
    }

    private void closePublisher() {
        Publisher before = publisher;
        publisher = null;
        try {
            if (before != null) {
                before.close();
            }
        } catch (IOException _) {
            // It was only read.
        }
    }

    @Override
    public SpoolPosition covered() {
        return kept().position();
    }

    @Override
    public long lastSequence() {
        return kept().sequence();
    }

    /** What the disk has, which can be read while the store is away. */
    private LedgerState kept() {
        LedgerState now = kept;
        if (now == null) {
            try {
                now = new LeafLog(disk).load();
            } catch (IOException | InvalidValueException e) {
                throw failed(new StorageException("the ledger's state cannot be read: " + e.getMessage(), e));
            }
            keep(now);
        }
        return now;
    }

    /** How many leaves are published; the checkpoint of that size is there. */
    public long publishedSize() {
        return publishedSize;
    }

    @Override
    public String trouble() {
        return trouble;
    }

    /** Lets go of the disk; what was not committed is entered again by the next process. */
    @Override
    public void close() {
        synchronized (publishing) {
            closePublisher();
        }
        synchronized (this) {
            forget();
        }
    }
}
