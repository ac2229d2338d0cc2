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
    /** Nodes that erase sessions of one data key at once merge what they did; the next one merges what is left. */
    private static final int MOST_ROUNDS = 5;

    private final KeyOpening opening;
    private final KeyShelf shelf;
    private final Around around;
    private final boolean perSession;
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

    private DataKeys(KeyOpening opening, KeyShelf shelf, Around around, boolean perSession) {
        this.opening = opening;
        this.shelf = shelf;
        this.around = around;
        this.perSession = perSession;
    }

    /**
     * Opens the keys on a disk, and tries all of them.
     *
     * @param perSession whether each session from now on gets a key of its own
     * @throws StorageException when one does not unwrap: the key-encryption key is another than it was
     */
    public static DataKeys open(KeyWrapper wrapper, Disk disk, PayloadStore payloads, Around around, boolean perSession)
            throws IOException {
        KeyShelf shelf = KeyShelf.open(disk, payloads);
        var keys = new DataKeys(new KeyOpening(wrapper, around.random()), shelf, around, perSession);
        wrapper.current();
        for (KeyRecord key : shelf.onDisk()) {
            DataKey opened = keys.opening.open(key);
            if (!opened.isOfSessions()) {
                keys.know(opened);
            }
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
        KeyOpening.Made made = opening.make(label, perSession);
        shelf.keep(made.wrapped());
        know(made.key());
        return made.key();
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
        DataKey found = read(label, id);
        know(found);
        return found;
    }

    private DataKey read(KeyLabel label, long id) {
        List<KeyRecord> found = shelf.find(label, id);
        if (!found.isEmpty() && found.getFirst().isOfSessions()) {
            return DataKey.ofSessions(id, label, opening.tree(found), false);
        }
        StorageException last = new StorageException("data key " + DataKey.text(id) + " of " + label
                + " is not there any more; it was destroyed, or " + label.folder() + " has to be restored");
        for (KeyRecord key : found) {
            try {
                return opening.open(key);
            } catch (StorageException e) {
                last = e;
            }
        }
        throw last;
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

    /**
     * Destroys the key of one session: the wrapped form that is left cannot give it. May be done again, and by several
     * nodes for different sessions: what is destroyed in one form of a data key counts as destroyed in all.
     *
     * @param record the number of one of the session's records
     * @return false when its sessions have no keys of their own; then nothing is done
     * @throws StorageException when a form that has it may be left
     */
    public boolean shred(KeyLabel label, long id, long record) {
        making.lock();
        try {
            if (!forReading(label, id).isOfSessions()) {
                return false;
            }
            // From here on nothing more is encrypted by it: in memory it is whole.
            writing.computeIfPresent(label, (_, key) -> key.id() == id ? null : key);
            reading.remove(label.purpose(id));
            List<KeyRecord> forms = shelf.find(label, id);
            int round = 0;
            do {
                KeyTree left = opening.tree(forms).without(DataKey.frame(record));
                shelf.replaceAll(opening.wrapped(id, label, left), forms);
                forms = shelf.find(label, id);
                round++;
                // Another node may have put a form of its own beside it.
            } while (forms.size() > 1 && round < MOST_ROUNDS);
            return true;
        } catch (IOException e) {
            throw new StorageException("the key of a session of " + label + " cannot be destroyed; try again", e);
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
