// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import dev.hansard.ports.crypt.KeyErasure;
import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The data keys of one node. One that encrypts is drawn by this process, wrapped, and durable in its wrapped form
 * before it encrypts anything; one that decrypts is unwrapped when it is needed, and kept in memory for a while. Safe
 * for any number of threads.
 */
public final class DataKeys implements KeyErasure {
    /** Services and classes that are written to at a time; beyond it, keys are drawn more often than need be. */
    private static final int MAX_WRITING = 4096;

    private static final int MAX_READING = 512;
    private static final long KNOWN_NANOS = Duration.ofMinutes(10).toNanos();
    /** After a failure nobody asks the wrapper for so long: calls would queue up behind it. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    /** How many days a wrapped key stays on this disk at the least, so that a restart needs no payload store. */
    private static final int LOCAL_DAYS = 2;

    private final KeyWrapper wrapper;
    private final KeyShelf shelf;
    private final Around around;
    private final Map<KeyLabel, DataKey> writing = new ConcurrentHashMap<>();
    private final Map<String, Known> reading = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Trouble trouble;

    /**
     * Where time and randomness come from.
     *
     * @param random must not be guessed: keys are made of it
     */
    public record Around(InstantSource clock, LongSupplier nanos, RandomGenerator random) {}

    private record Known(DataKey key, long since) {}

    private record Trouble(String message, long since) {}

    private DataKeys(KeyWrapper wrapper, KeyShelf shelf, Around around) {
        this.wrapper = wrapper;
        this.shelf = shelf;
        this.around = around;
    }

    /**
     * Opens the keys on a disk, and tries all of them.
     *
     * @throws StorageException when one does not unwrap: the key-encryption key is another than it was
     */
    public static DataKeys open(KeyWrapper wrapper, Disk disk, PayloadStore payloads, Around around)
            throws IOException {
        KeyShelf shelf = KeyShelf.open(disk, payloads);
        var keys = new DataKeys(wrapper, shelf, around);
        wrapper.current();
        for (KeyRecord key : shelf.onDisk()) {
            keys.know(keys.unwrapped(key));
        }
        return keys;
    }

    /** Whether a disk has keys, and so perhaps frames that need them. */
    public static boolean areOn(Disk disk) throws IOException {
        return disk.list().stream().anyMatch(name -> name.endsWith(KeyRecord.SUFFIX));
    }

    /**
     * The key that encrypts now.
     *
     * @throws StorageException when there is none and none can be made; then nothing must be written
     */
    public DataKey forWriting(KeyLabel label) {
        DataKey key = writing.get(label);
        return key != null && key.isFresh() ? key : made(label);
    }

    private DataKey made(KeyLabel label) {
        making.lock();
        try {
            DataKey now = writing.get(label);
            if (now != null && now.isFresh()) {
                return now;
            }
            Trouble last = trouble;
            if (last != null && around.nanos().getAsLong() - last.since() < PAUSE_NANOS) {
                // The pause is not begun anew, or it would last for as long as calls come.
                throw new StorageException(last.message());
            }
            DataKey made = tried(label);
            trouble = null;
            if (writing.size() >= MAX_WRITING) {
                writing.clear();
            }
            writing.put(label, made);
            return made;
        } finally {
            making.unlock();
        }
    }

    private DataKey tried(KeyLabel label) {
        try {
            return make(label);
        } catch (IOException | StorageException e) {
            String message = "no data key of " + label + " can be made: " + e.getMessage();
            trouble = new Trouble(message, around.nanos().getAsLong());
            throw new StorageException(message, e);
        }
    }

    private DataKey make(KeyLabel label) throws IOException {
        long id = around.random().nextLong();
        byte[] bytes = new byte[KeyWrapper.KEY_BYTES];
        around.random().nextBytes(bytes);
        try {
            shelf.keep(new KeyRecord(id, label, wrapper.wrap(bytes, label.purpose(id))));
            var key = new DataKey(id, label, bytes, true);
            know(key);
            return key;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * The key that a record was encrypted by.
     *
     * @throws StorageException when it was destroyed, or cannot be unwrapped
     */
    public DataKey forReading(KeyLabel label, long id) {
        Known known = reading.get(label.purpose(id));
        if (known != null && around.nanos().getAsLong() - known.since() < KNOWN_NANOS) {
            return known.key();
        }
        List<KeyRecord> found = shelf.find(label, id);
        StorageException last = new StorageException("data key " + DataKey.text(id) + " of " + label
                + " is not there any more; it was destroyed, or " + label.folder() + " has to be restored");
        for (KeyRecord key : found) {
            try {
                DataKey unwrapped = unwrapped(key);
                know(unwrapped);
                return unwrapped;
            } catch (StorageException e) {
                last = e;
            }
        }
        throw last;
    }

    private DataKey unwrapped(KeyRecord key) {
        byte[] bytes;
        try {
            bytes = wrapper.unwrap(key.wrapped(), key.label().purpose(key.id()));
        } catch (StorageException e) {
            throw new StorageException(
                    "data key " + DataKey.text(key.id()) + " of " + key.label() + " cannot be unwrapped: "
                            + e.getMessage(),
                    e);
        }
        var unwrapped = new DataKey(key.id(), key.label(), bytes, false);
        Arrays.fill(bytes, (byte) 0);
        return unwrapped;
    }

    private void know(DataKey key) {
        long now = around.nanos().getAsLong();
        if (reading.size() >= MAX_READING) {
            reading.values().removeIf(known -> now - known.since() >= KNOWN_NANOS);
            if (reading.size() >= MAX_READING) {
                reading.clear();
            }
        }
        reading.put(key.label().purpose(key.id()), new Known(key, now));
    }

    /** Makes sure that the payload store has a key before it gets a segment that needs it. */
    public void publish(long id) throws IOException {
        shelf.publish(id);
    }

    /** Takes old keys from the disk, once the payload store has them. */
    public void tidy() throws IOException {
        LocalDate first =
                LocalDate.ofInstant(around.clock().instant(), ZoneOffset.UTC).minusDays(LOCAL_DAYS - 1);
        for (Map.Entry<Long, KeyLabel> key : shelf.local().entrySet()) {
            if (key.getValue().day().isBefore(first)) {
                // No longer written with: whoever does would not publish it again.
                writing.remove(key.getValue());
                shelf.publish(key.getKey());
                shelf.forget(key.getKey());
            }
        }
    }

    @Override
    public int destroy(ServiceName service, RetentionClass retention, LocalDate day) {
        var label = new KeyLabel(service, retention, day);
        making.lock();
        try {
            writing.remove(label);
            int count = shelf.destroy(label);
            reading.values().removeIf(known -> known.key().label().equals(label));
            return count;
        } catch (IOException e) {
            throw new StorageException("keys of " + label + " cannot be destroyed; try again", e);
        } finally {
            making.unlock();
        }
    }

    /** Why no key can be made; empty while that goes well. */
    public String trouble() {
        Trouble now = trouble;
        return now == null ? "" : now.message();
    }
}
