// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.storage.spool.SpoolHealth.Ability;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to write and when to sync. What somebody waits for is written and synced at once, together with all
 * that has gathered during the sync before: waiting any longer would only slow down callers who cannot go on, and
 * gains little where each of them has but one call. What nobody waits for is written within a millisecond and synced
 * within the group commit, or when enough of it is there. A platform thread runs {@link #step} for ever; a simulation
 * calls it itself.
 */
final class SpoolWriter {
    private static final Logger LOG = System.getLogger(SpoolWriter.class.getName());
    /** How long nothing may happen before the age of the file, or the health of the disk, is looked at again. */
    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(500);

    private static final List<ByteBuffer> NO_BODY = List.of();

    private final SpoolLog log;
    private final DurableSpool spool;
    private final SpoolHealth health;
    private final SpoolFiles files;
    private final NodeName node;
    private final LongSupplier nanos;
    private final long groupNanos;
    private final long groupBytes;
    private final AtomicReference<@Nullable CountDownLatch> rollAsked = new AtomicReference<>();
    private Runnable written = () -> {};
    private long unsyncedSince;
    private long probedAt;
    private Ability announced = Ability.ALL;

    SpoolWriter(
            SpoolLog log,
            DurableSpool spool,
            SpoolHealth health,
            SpoolFiles files,
            SpoolSettings settings,
            Origin origin) {
        this.log = log;
        this.spool = spool;
        this.health = health;
        this.files = files;
        node = origin.node();
        nanos = origin.sources().nanos();
        groupNanos = settings.groupCommit().toNanos();
        groupBytes = settings.groupBytes();
        probedAt = nanos.getAsLong();
        log.onSettled(spool::durable, spool::failed);
    }

    /** Whose spool it is. */
    record Origin(NodeName node, Sources sources) {}

    /** What to run when something has become durable. */
    void onWritten(Runnable action) {
        written = action;
    }

    /** Runs until the queue is closed and empty. */
    void run() {
        try {
            while (!(spool.queue().isClosed() && spool.queue().heldBytes() == 0)) {
                step(IDLE);
            }
            log.close();
        } catch (RuntimeException | Error e) {
            // Our bug: nobody must believe that records are still made.
            health.set(Ability.NOTHING, "spool writer has died; restart the node");
            LOG.log(Level.ERROR, "The spool writer has died", e);
        }
        written.run();
    }

    /** One turn, which waits for work at most {@code limit} nanoseconds. */
    void step(long limit) {
        long now = nanos.getAsLong();
        long patience = log.hasUnsynced() ? Math.min(limit, unsyncedSince + groupNanos - now) : limit;
        EntryQueue.Batch batch = spool.queue().take(Math.max(0, patience));
        if (!batch.entries().isEmpty() && !log.hasUnsynced()) {
            unsyncedSince = nanos.getAsLong();
        }
        commit(batch);
        rollWhenDue();
        if (nanos.getAsLong() - probedAt >= IDLE) {
            if (health.ability() != Ability.ALL) {
                log.probe();
            }
            log.measure();
            probedAt = nanos.getAsLong();
        }
        if (health.ability() == Ability.ALL) {
            closeAbandoned();
        }
        announce();
    }

    private void commit(EntryQueue.Batch batch) {
        long bytes = log.unsyncedBytes();
        for (Entry entry : batch.entries()) {
            bytes += entry.frame().length();
        }
        boolean late = nanos.getAsLong() - unsyncedSince >= groupNanos;
        boolean sync = batch.urgent() || bytes >= groupBytes || late;
        if (batch.entries().isEmpty() && !(sync && log.hasUnsynced())) {
            return;
        }
        log.commit(batch.entries(), sync);
        if (!log.hasUnsynced()) {
            written.run();
        }
    }

    private void rollWhenDue() {
        CountDownLatch asked = rollAsked.getAndSet(null);
        if (asked != null) {
            // What was offered before the asking belongs into the file that is closed.
            commit(spool.queue().take(0));
        }
        log.rollWhenDue(asked != null);
        if (asked != null) {
            asked.countDown();
            written.run();
        }
    }

    /** Closes the current file, so that it can be sealed; returns when that is done, or after {@code limitMillis}. */
    boolean roll(long limitMillis) {
        var mine = new CountDownLatch(1);
        CountDownLatch latch = rollAsked.updateAndGet(before -> before == null ? mine : before);
        spool.queue().hurry();
        try {
            return latch != null && latch.await(limitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Calls whose record was lost while the disk was failing get one now that says so. */
    private void closeAbandoned() {
        for (SlotFlight flight = spool.nextAbandoned(); flight != null; flight = spool.nextAbandoned()) {
            Session session = unfinished(flight);
            if (session == null) {
                flight.release();
                continue;
            }
            EncodedFrame frame = incomplete(session);
            if (frame == null) {
                // Nor may it be forgotten; there will be a key again.
                spool.abandonAgain(flight);
                return;
            }
            if (!spool.queue().offer(new Entry(frame, flight, false, false, spool.patience()))) {
                flight.release();
            }
        }
    }

    private @Nullable EncodedFrame incomplete(Session session) {
        FrameEncoder encoder = spool.encoders().take();
        try {
            return encoder.encode(FrameKind.INCOMPLETE, session, NO_BODY, NO_BODY);
        } catch (StorageException e) {
            LOG.log(Level.WARNING, "A lost record cannot be marked: {0}", e.getMessage());
            return null;
        } finally {
            spool.encoders().giveBack(encoder);
        }
    }

    private @Nullable Session unfinished(SlotFlight flight) {
        FlightTable.Note note = flight.note();
        Session intent = spool.intents().find(flight.id()).map(this::read).orElse(null);
        if (intent != null) {
            return Unfinished.of(intent, note, Unfinished.RECORD_LOST);
        }
        return note == null ? null : Unfinished.of(note, node, Unfinished.RECORD_LOST);
    }

    private @Nullable Session read(OpenIntents.Place place) {
        try (Disk.File file = files.open(place.file())) {
            var frame = new FileFrame(file, place.offset());
            return FrameReader.open(frame, place.length(), place.id(), spool.keys())
                    .session();
        } catch (IOException | StorageException e) {
            LOG.log(
                    Level.WARNING,
                    "An intent in {0} cannot be read: {1}",
                    SpoolFiles.nameOf(place.file()),
                    e.getMessage());
            return null;
        }
    }

    private void announce() {
        Ability now = health.ability();
        if (now != announced) {
            announced = now;
            Level level = now == Ability.ALL ? Level.INFO : Level.ERROR;
            LOG.log(level, "Spool: {0}", now == Ability.ALL ? "working again" : health.state());
        }
    }
}
