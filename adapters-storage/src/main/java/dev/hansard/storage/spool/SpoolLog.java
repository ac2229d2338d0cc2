// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.DiskFullException;
import dev.hansard.storage.spool.SpoolHealth.Ability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the writer does to the disk, without its thread and its clock of commits, so that a simulation can drive it
 * step by step. Belongs to one thread at a time.
 *
 * <p>Entries go from {@code todo} (not written) to {@code written} (not synced) and are then settled. When the disk
 * refuses, the file is dead: what a failed write or sync has left in it is unknown, and asking the same file again
 * could be answered with a yes for bytes that the system has already thrown away (fsyncgate). So all entries that are
 * not settled are written once more, into a new file, whose header says how far the dead one counts. Does the disk
 * refuse that too, they fail, and from then on only {@link #probe} touches the disk until it can be written again.
 *
 * <p>A record keeps its sequence when it is written again, and the sequence of one that fails is not used again: a gap
 * in the sequence is a record lost.
 */
final class SpoolLog {
    private static final int SALTS = 256;

    /** Whatever changes hands when an entry is settled. */
    interface Settled extends Consumer<Entry> {}

    private final Disk disk;
    private final SpoolSettings settings;
    private final SpoolFiles files;
    private final SpoolHealth health;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Reserve reserve;
    private final DiskGauge gauge;
    private final ByteBuffer buffer;
    private final ArrayDeque<Entry> todo = new ArrayDeque<>();
    private final List<Entry> written = new ArrayList<>();
    private Settled durable = _ -> {};
    private Settled failed = _ -> {};
    private @Nullable SpoolFile active;
    private long number;
    private long nextSequence;
    private long previous;
    private long previousEnd;
    private long unsyncedBytes;
    private long fileFailures;
    private final byte[] salts = new byte[SALTS * FrameFormat.RECORD_SALT];
    private int saltsUsed = salts.length;

    SpoolLog(Disk disk, SpoolSettings settings, SpoolFiles files, SpoolHealth health, Sources sources, Position last) {
        this.disk = disk;
        this.settings = settings;
        this.files = files;
        this.health = health;
        clock = sources.clock();
        random = sources.random();
        reserve = new Reserve(disk, settings.reserveBytes());
        gauge = new DiskGauge(disk, settings.reserveBytes());
        buffer = ByteBuffer.allocateDirect(settings.groupBytes());
        number = last.number();
        previous = last.previous();
        previousEnd = last.previousEnd();
        nextSequence = last.sequence() + 1;
    }

    /**
     * Where the spool ended when it was opened.
     *
     * @param number highest number that a file has ever had
     * @param previous number of the last file that is there; 0 for none
     * @param previousEnd where that file ends
     * @param sequence highest sequence that a record has ever had
     */
    record Position(long number, long previous, long previousEnd, long sequence) {}

    void onSettled(Settled whenDurable, Settled whenFailed) {
        durable = whenDurable;
        failed = whenFailed;
    }

    /**
     * Writes entries, and makes them and all that was written before durable when {@code sync} is set. Every entry is
     * settled sooner or later, whatever happens.
     */
    void commit(List<Entry> entries, boolean sync) {
        todo.addAll(entries);
        if (health.ability() == Ability.NOTHING) {
            failAll();
            return;
        }
        try {
            write();
            if (sync) {
                sync();
            }
        } catch (IOException first) {
            bury(first);
            again();
        } finally {
            health.idle();
        }
    }

    /** The second and last try, in a new file. */
    private void again() {
        try {
            write();
            sync();
        } catch (IOException second) {
            bury(second);
            health.set(Ability.NOTHING, "spool cannot be written: " + text(second));
            failAll();
        }
    }

    private void write() throws IOException {
        while (!todo.isEmpty()) {
            Entry entry = todo.peekFirst();
            SpoolFile file = fileFor(entry.frame().length());
            stamp(entry, file);
            todo.pollFirst();
            written.add(entry);
            put(entry.frame().view(), file);
        }
        if (active != null) {
            flush(active);
        }
    }

    private SpoolFile fileFor(long length) throws IOException {
        if (active != null && !active.hasRoomFor(buffer.position(), length)) {
            roll();
        }
        return active == null ? begin() : active;
    }

    private void stamp(Entry entry, SpoolFile file) {
        boolean record = entry.frame().kind().isRecord();
        if (record) {
            saltRecord(entry);
        }
        if (!entry.isPlaced()) {
            entry.sequence(record ? nextSequence++ : nextSequence - 1);
        }
        entry.frame().stamp(file.header().salt(), entry.sequence());
        entry.place(file.number(), file.position() + buffer.position());
    }

    /** From a stock: asking a secure generator once for each record would cost more than the rest of the stamp. */
    private void saltRecord(Entry entry) {
        if (saltsUsed == salts.length) {
            random.nextBytes(salts);
            saltsUsed = 0;
        }
        entry.frame().saltRecord(salts, saltsUsed);
        saltsUsed += FrameFormat.RECORD_SALT;
    }

    private void put(ByteBuffer frame, SpoolFile file) throws IOException {
        unsyncedBytes += frame.remaining();
        while (frame.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                flush(file);
            }
            int count = Math.min(frame.remaining(), buffer.remaining());
            buffer.put(frame.slice(frame.position(), count));
            frame.position(frame.position() + count);
        }
    }

    private void flush(SpoolFile file) throws IOException {
        if (buffer.position() > 0) {
            health.busy("write to " + SpoolFiles.nameOf(file.number()));
            file.append(buffer.flip());
            buffer.clear();
        }
    }

    private void sync() throws IOException {
        if (active == null || written.isEmpty()) {
            return;
        }
        health.busy("sync of " + SpoolFiles.nameOf(active.number()));
        active.sync();
        health.idle();
        files.advance(active.number(), active.position());
        unsyncedBytes = 0;
        written.forEach(entry -> durable.accept(entry));
        written.clear();
    }

    /** Closes the file, if it has anything, so that it can be sealed. */
    void roll() throws IOException {
        if (active != null && !(active.isEmpty() && buffer.position() == 0)) {
            flush(active);
            sync();
            active.close();
            files.close(active.number(), active.position());
            previous = active.number();
            previousEnd = active.position();
            active = null;
        }
    }

    /** As {@link #roll}, when the file is of another hour or old; what fails is tried again with the next commit. */
    void rollWhenDue(boolean asked) {
        if (active == null || active.isEmpty() || !(asked || isOld(active))) {
            return;
        }
        try {
            roll();
        } catch (IOException e) {
            bury(e);
            again();
        } finally {
            health.idle();
        }
    }

    private boolean isOld(SpoolFile file) {
        Instant now = clock.instant();
        Instant created = file.header().createdAt();
        boolean otherHour = !created.truncatedTo(ChronoUnit.HOURS).equals(now.truncatedTo(ChronoUnit.HOURS));
        return otherHour || !now.isBefore(created.plus(settings.sealAfter()));
    }

    private SpoolFile begin() throws IOException {
        long next = number + 1;
        var header = new FileHeader(
                next,
                random.nextLong(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                nextSequence,
                previous,
                previousEnd);
        // The number is used up even when this fails: half a file may be there.
        number = next;
        health.busy("making of " + SpoolFiles.nameOf(next));
        active = SpoolFile.create(disk, header, settings.fileBytes());
        files.add(new SpoolFiles.Known(next, header.salt(), header.createdAt(), FileHeader.LENGTH, false, false));
        return active;
    }

    /** The file is dead: what was not synced goes back to be written again. */
    private void bury(IOException cause) {
        fileFailures++;
        buffer.clear();
        if (active != null) {
            active.close();
            previous = active.number();
            previousEnd = files.find(previous).map(SpoolFiles.Known::end).orElse((long) FileHeader.LENGTH);
            files.close(previous, previousEnd);
            active = null;
        }
        for (int i = written.size() - 1; i >= 0; i--) {
            todo.addFirst(written.get(i));
        }
        written.clear();
        if (cause instanceof DiskFullException) {
            openReserve(cause);
        }
    }

    private void openReserve(IOException cause) {
        try {
            reserve.release();
            health.set(Ability.COMPLETIONS, "disk is full; what is left is for calls in flight: " + text(cause));
        } catch (IOException e) {
            health.set(Ability.COMPLETIONS, "disk is full: " + text(e));
        }
    }

    private void failAll() {
        todo.forEach(entry -> failed.accept(entry));
        todo.clear();
        unsyncedBytes = 0;
    }

    /**
     * Tries to get better: a file that can be written, then a reserve. To be called now and then while something is
     * wrong.
     */
    void probe() {
        try {
            if (health.ability() == Ability.NOTHING) {
                if (active == null) {
                    begin();
                }
                health.set(Ability.COMPLETIONS, "disk can be written again, but its reserve is not yet there");
            }
            health.busy("making of the reserve");
            if (health.ability() == Ability.COMPLETIONS && reserve.make()) {
                health.set(Ability.ALL, "");
            }
        } catch (IOException e) {
            if (active == null) {
                health.set(Ability.NOTHING, "spool cannot be written: " + text(e));
            }
        } finally {
            health.idle();
        }
    }

    /** Looks how much room the disk has. */
    void measure() {
        health.busy("asking for the room on the disk");
        gauge.measure();
        health.idle();
        health.room(gauge.grade(), gauge.free());
    }

    /** At the start: without a reserve only calls in flight would be recorded, of which there are none. */
    void prepare() {
        health.set(Ability.COMPLETIONS, "disk has no room for the reserve of " + settings.reserveBytes() + " bytes");
        probe();
        measure();
    }

    /** Makes all durable and lets go of the file. */
    void close() {
        commit(List.of(), true);
        if (active != null) {
            active.close();
            files.close(active.number(), active.position());
            if (active.isEmpty()) {
                forget(active.number());
            }
            active = null;
        }
    }

    private void forget(long empty) {
        try {
            files.remove(empty);
            disk.delete(SpoolFiles.nameOf(empty));
        } catch (IOException _) {
            // An empty file does no harm; the next start finds it.
        }
    }

    boolean hasUnsynced() {
        return !written.isEmpty();
    }

    long unsyncedBytes() {
        return unsyncedBytes;
    }

    /** How often a file had to be given up. */
    long fileFailures() {
        return fileFailures;
    }

    private static String text(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
