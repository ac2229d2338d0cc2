// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where wrapped keys are kept: beside the frames that need them. On the node's disk from before the first frame, and in
 * the payload store from before the first segment; so whoever holds the key-encryption key and the segments needs no
 * database to read them. Safe for any number of threads.
 */
final class KeyShelf {
    private static final int PAGE = 1000;

    private final Disk disk;
    private final PayloadStore payloads;
    private final Map<Long, KeyRecord> local = new ConcurrentHashMap<>();
    private final Map<Long, Boolean> published = new ConcurrentHashMap<>();

    private KeyShelf(Disk disk, PayloadStore payloads) {
        this.disk = disk;
        this.payloads = payloads;
    }

    /** Reads what is on the disk. A file that is torn is of a key that nothing was encrypted with. */
    static KeyShelf open(Disk disk, PayloadStore payloads) throws IOException {
        var shelf = new KeyShelf(disk, payloads);
        for (String name : disk.list()) {
            if (name.endsWith(KeyRecord.SUFFIX)) {
                try {
                    KeyRecord found = shelf.onDisk(name);
                    shelf.local.put(found.id(), found);
                } catch (StorageException _) {
                    disk.delete(name);
                }
            }
        }
        return shelf;
    }

    private KeyRecord onDisk(String name) throws IOException {
        try (Disk.File file = disk.open(name)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.length(), KeyRecord.MAX_BYTES));
            int count = 0;
            for (int at = 0; count >= 0 && bytes.hasRemaining(); at += count) {
                count = file.read(bytes, at);
            }
            byte[] read = new byte[bytes.flip().remaining()];
            bytes.get(read);
            return KeyRecord.decode(read, name);
        }
    }

    Collection<KeyRecord> local() {
        return List.copyOf(local.values());
    }

    /** Makes one durable on the disk. */
    void keep(KeyRecord key) throws IOException {
        try (Disk.File file = disk.create(key.fileName())) {
            file.write(ByteBuffer.wrap(key.encode()), 0);
            file.sync();
        }
        disk.sync();
        local.put(key.id(), key);
    }

    /** Takes the place of one that is wrapped otherwise. */
    void replace(KeyRecord old, KeyRecord by) throws IOException {
        keep(by);
        disk.delete(old.fileName());
        disk.sync();
    }

    /** Makes sure that the payload store has a key of this node; those of others are there already. */
    void publish(long id) {
        KeyRecord key = local.get(id);
        if (key != null && !published.containsKey(id)) {
            publish(key);
            published.put(id, true);
        }
    }

    void publish(KeyRecord key) {
        byte[] bytes = key.encode();
        payloads.put(key.objectKey(), new ByteArrayInputStream(bytes), bytes.length, key.sha256());
    }

    /** All that there is of one key, here and in the payload store: more than one while it is being wrapped anew. */
    List<KeyRecord> find(KeyLabel label, long id) {
        KeyRecord here = local.get(id);
        if (here != null && here.label().equals(label)) {
            return List.of(here);
        }
        return stored(label.folder() + DataKey.text(id) + ".");
    }

    List<KeyRecord> stored(String prefix) {
        var found = new ArrayList<KeyRecord>();
        for (String key : payloads.list(prefix, "", PAGE)) {
            if (key.endsWith(KeyRecord.SUFFIX)) {
                found.add(object(key));
            }
        }
        return found;
    }

    KeyRecord object(String key) {
        OptionalLong length = payloads.length(key);
        if (length.isEmpty() || length.getAsLong() > KeyRecord.MAX_BYTES) {
            throw new StorageException("wrapped data key " + key + " is gone or too long; put a copy back");
        }
        try (InputStream in = payloads.read(key, 0, length.getAsLong())) {
            return KeyRecord.decode(in.readAllBytes(), key);
        } catch (IOException e) {
            throw new StorageException("wrapped data key " + key + " cannot be read", e);
        }
    }

    /** Removes all keys of a label for good; the answer is how many there were. */
    int destroy(KeyLabel label) throws IOException {
        var ids = new ArrayList<String>();
        for (KeyRecord key : local()) {
            if (key.label().equals(label)) {
                ids.add(DataKey.text(key.id()));
                forget(key);
            }
        }
        disk.sync();
        List<String> page = payloads.list(label.folder(), "", PAGE);
        while (!page.isEmpty()) {
            for (String key : page) {
                ids.add(key.substring(label.folder().length()).replaceFirst("\\..*", ""));
                payloads.delete(key);
            }
            page = payloads.list(label.folder(), page.getLast(), PAGE);
        }
        return (int) ids.stream().distinct().count();
    }

    /** Removes the copy on the disk. */
    void forget(KeyRecord key) throws IOException {
        disk.delete(key.fileName());
        local.remove(key.id());
        published.remove(key.id());
    }
}
