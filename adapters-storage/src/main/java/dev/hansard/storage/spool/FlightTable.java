// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Calls in flight, one slot of 192 bytes each, in a file mapped into memory: plain stores, which the system keeps when
 * the process is killed. A loss of power may lose or tear a slot, so each has a checksum over what does not change.
 *
 * <pre>
 *  0 u32 1 when used    4 u32 CRC32C of 8 to 40 and of the texts
 *  8 u128 session id   24 s64 started, seconds   32 u32 nanoseconds
 * 36 u8 strict         37 u8 length of service   38 u8 length of method
 * 40 s64 request bytes 48 s64 response bytes     56 service   120 method
 * </pre>
 */
final class FlightTable {
    static final String NAME = "flights";

    private static final int SLOT = 192;
    private static final int REQUEST_AT = 40;
    private static final int RESPONSE_AT = 48;
    private static final int SERVICE_AT = 56;
    private static final int METHOD_AT = 120;
    private static final int MAX_METHOD = SLOT - METHOD_AT;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final MemorySegment table;
    private final int slots;
    private final ReentrantLock lock = new ReentrantLock();
    private final int[] free;
    private int freeCount;
    private final AtomicInteger refused = new AtomicInteger();

    /** What a slot says of a call. */
    record Note(
            SessionId id,
            ServiceName service,
            String method,
            Durability durability,
            Instant startedAt,
            long requestBytes,
            long responseBytes) {}

    private FlightTable(MemorySegment table, int slots) {
        this.table = table;
        this.slots = slots;
        free = new int[slots];
    }

    /** Opens the table with all slots as the last process left them; {@link #clear} makes them free. */
    static FlightTable open(Disk disk, int slots) throws IOException {
        return new FlightTable(disk.map(NAME, (long) slots * SLOT), slots);
    }

    /** The calls that nobody ended. */
    List<Note> survivors() {
        var notes = new ArrayList<Note>();
        for (int slot = 0; slot < slots; slot++) {
            Note note = table.get(INT, at(slot)) == 0 ? null : read(slot);
            if (note != null) {
                notes.add(note);
            }
        }
        return notes;
    }

    /** Frees all slots. */
    void clear() {
        lock.lock();
        try {
            for (int slot = 0; slot < slots; slot++) {
                if (table.get(INT, at(slot)) != 0) {
                    table.set(INT, at(slot), 0);
                }
                free[slots - 1 - slot] = slot;
            }
            freeCount = slots;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a slot; -1 when there is none. */
    int take(SessionId id, ServiceName service, String method, Durability durability, Instant startedAt) {
        int slot = pop();
        if (slot < 0) {
            refused.incrementAndGet();
            return -1;
        }
        long at = at(slot);
        table.set(LONG, at + 8, id.high());
        table.set(LONG, at + 16, id.low());
        table.set(LONG, at + 24, startedAt.getEpochSecond());
        table.set(INT, at + 32, startedAt.getNano());
        table.set(ValueLayout.JAVA_BYTE, at + 36, (byte) (durability == Durability.STRICT ? 1 : 0));
        table.set(
                ValueLayout.JAVA_BYTE, at + 37, (byte) text(at + SERVICE_AT, service.value(), METHOD_AT - SERVICE_AT));
        table.set(ValueLayout.JAVA_BYTE, at + 38, (byte) text(at + METHOD_AT, method, MAX_METHOD));
        table.set(ValueLayout.JAVA_BYTE, at + 39, (byte) 0);
        table.set(LONG, at + REQUEST_AT, 0);
        table.set(LONG, at + RESPONSE_AT, 0);
        table.set(INT, at + 4, crc(slot));
        // Used only when it is all there: a kill between the two must not show half a call.
        VarHandle.releaseFence();
        table.set(INT, at, 1);
        return slot;
    }

    void progress(int slot, long requestBytes, long responseBytes) {
        table.set(LONG, at(slot) + REQUEST_AT, requestBytes);
        table.set(LONG, at(slot) + RESPONSE_AT, responseBytes);
    }

    /** What the slot says; null when it is damaged. */
    @Nullable
    Note read(int slot) {
        long at = at(slot);
        if (table.get(INT, at + 4) != crc(slot)) {
            return null;
        }
        try {
            return new Note(
                    new SessionId(table.get(LONG, at + 8), table.get(LONG, at + 16)),
                    new ServiceName(text(at + SERVICE_AT, table.get(ValueLayout.JAVA_BYTE, at + 37))),
                    text(at + METHOD_AT, table.get(ValueLayout.JAVA_BYTE, at + 38)),
                    table.get(ValueLayout.JAVA_BYTE, at + 36) == 1 ? Durability.STRICT : Durability.RELAXED,
                    Instant.ofEpochSecond(table.get(LONG, at + 24), table.get(INT, at + 32)),
                    table.get(LONG, at + REQUEST_AT),
                    table.get(LONG, at + RESPONSE_AT));
        } catch (InvalidValueException _) {
            return null;
        }
    }

    void release(int slot) {
        table.set(INT, at(slot), 0);
        lock.lock();
        try {
            free[freeCount++] = slot;
        } finally {
            lock.unlock();
        }
    }

    /** Calls in flight that the table knows. */
    int used() {
        lock.lock();
        try {
            return slots - freeCount;
        } finally {
            lock.unlock();
        }
    }

    /** Calls that found no slot. */
    int refused() {
        return refused.get();
    }

    private int pop() {
        lock.lock();
        try {
            return freeCount == 0 ? -1 : free[--freeCount];
        } finally {
            lock.unlock();
        }
    }

    private static long at(int slot) {
        return (long) slot * SLOT;
    }

    private int text(long at, String text, int limit) {
        int length = Math.min(text.length(), limit);
        for (int i = 0; i < length; i++) {
            table.set(ValueLayout.JAVA_BYTE, at + i, (byte) text.charAt(i));
        }
        return length;
    }

    private String text(long at, byte length) {
        byte[] bytes = table.asSlice(at, Math.clamp(length, 0, MAX_METHOD)).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private int crc(int slot) {
        var crc = new CRC32C();
        long at = at(slot);
        int service = Math.clamp(table.get(ValueLayout.JAVA_BYTE, at + 37), 0, METHOD_AT - SERVICE_AT);
        int method = Math.clamp(table.get(ValueLayout.JAVA_BYTE, at + 38), 0, MAX_METHOD);
        crc.update(table.asSlice(at + 8, REQUEST_AT - 8).asByteBuffer());
        crc.update(table.asSlice(at + SERVICE_AT, service).asByteBuffer());
        crc.update(table.asSlice(at + METHOD_AT, method).asByteBuffer());
        return (int) crc.getValue();
    }
}
