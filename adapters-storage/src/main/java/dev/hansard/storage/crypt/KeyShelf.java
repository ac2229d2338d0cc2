// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    private final Map<Long, KeyLabel> local = new ConcurrentHashMap<>();
    private final Map<Long, Boolean> published = new ConcurrentHashMap<>();

    private KeyShelf(Disk disk, PayloadStore payloads) {
        this.disk = disk;
        this.payloads = payloads;
    }

    /** Looks at what is on the disk. */
    static KeyShelf open(Disk disk, PayloadStore payloads) throws IOException {
        var shelf = new KeyShelf(disk, payloads);
        shelf.onDisk().forEach(key -> shelf.local.put(key.id(), key.label()));
        return shelf;
    }

    /** All on the disk. A file that is torn is of a key that nothing was encrypted with. */
    List<KeyRecord> onDisk() throws IOException {
        return onDisk("");
    }

    private List<KeyRecord> onDisk(String prefix) throws IOException {
        var found = new ArrayList<KeyRecord>();
        for (String name : disk.list()) {
            if (name.startsWith(prefix) && name.endsWith(KeyRecord.SUFFIX)) {
                try {
                    found.add(read(name));
                } catch (StorageException | NoSuchFileException _) {
                    // Torn, or just replaced.
                }
            }
        }
        return found;
    }

    private KeyRecord read(String name) throws IOException {
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

    /** The keys that this node has itself. */
    Map<Long, KeyLabel> local() {
        return Map.copyOf(local);
    }

    /** Makes one durable on the disk. */
    void keep(KeyRecord key) throws IOException {
        try (Disk.File file = disk.create(key.fileName())) {
            file.write(ByteBuffer.wrap(key.encode()), 0);
            file.sync();
        }
        disk.sync();
        local.put(key.id(), key.label());
    }

    /** Takes the place of one that is wrapped otherwise. */
    void replace(KeyRecord old, KeyRecord by) throws IOException {
        keep(by);
        disk.delete(old.fileName());
        disk.sync();
    }

    /**
     * Takes the place of all other forms of a key, here and in the payload store. It is there before they go.
     *
     * @param others those that it was made of: of one that comes meanwhile nothing is known, so it stays
     */
    void replaceAll(KeyRecord by, List<KeyRecord> others) throws IOException {
        publish(by);
        if (local.containsKey(by.id())) {
            keep(by);
        }
        for (KeyRecord other : others) {
            disk.delete(other.fileName());
            payloads.delete(other.objectKey());
        }
        disk.sync();
        published.put(by.id(), true);
    }

    /** Makes sure that the payload store has a key of this node; those of others are there already. */
    void publish(long id) throws IOException {
        KeyLabel label = local.get(id);
        if (label != null && !published.containsKey(id)) {
            for (KeyRecord key : onDisk(prefix(id))) {
                // Another node may have taken sessions out of it: what it was before must not come back.
                if (!key.isOfSessions() || stored(label.folder() + prefix(id)).isEmpty()) {
                    publish(key);
                }
            }
            published.put(id, true);
        }
    }

    void publish(KeyRecord key) {
        byte[] bytes = key.encode();
        payloads.put(key.objectKey(), new ByteArrayInputStream(bytes), bytes.length, key.sha256());
    }

    /** All that there is of one key, here or in the payload store: more than one while it is being wrapped anew. */
    List<KeyRecord> find(KeyLabel label, long id) {
        try {
            List<KeyRecord> here = onDisk(prefix(id)).stream()
                    .filter(key -> key.label().equals(label))
                    .toList();
            boolean isEnough = !here.isEmpty() && !here.getFirst().isOfSessions();
            return isEnough ? here : withStored(here, label.folder() + prefix(id));
        } catch (IOException e) {
            throw new StorageException("data key " + DataKey.text(id) + " of " + label + " cannot be read", e);
        }
    }

    /** Other nodes may have taken sessions out of a key of this one; while the store is away that is not known. */
    private List<KeyRecord> withStored(List<KeyRecord> here, String prefix) {
        var all = new LinkedHashSet<>(here);
        try {
            all.addAll(stored(prefix));
        } catch (StorageException e) {
            if (here.isEmpty()) {
                throw e;
            }
        }
        return List.copyOf(all);
    }

    private static String prefix(long id) {
        return DataKey.text(id) + ".";
    }

    private List<KeyRecord> stored(String prefix) {
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
        var ids = new HashSet<String>();
        for (Map.Entry<Long, KeyLabel> key : local().entrySet()) {
            if (key.getValue().equals(label)) {
                ids.add(DataKey.text(key.getKey()));
                forget(key.getKey());
            }
        }
        // From the beginning each time: one may be wrapped anew just now.
        List<String> before = List.of();
        for (List<String> page = page(label); !page.isEmpty(); page = page(label)) {
            if (page.equals(before)) {
                throw new StorageException("keys in " + label.folder() + " stay when they are deleted; let the payload"
                        + " store delete them, and any versions of them that it keeps");
            }
            for (String key : page) {
                ids.add(key.substring(label.folder().length()).replaceFirst("\\..*", ""));
                payloads.delete(key);
            }
            before = page;
        }
        return ids.size();
    }

    private List<String> page(KeyLabel label) {
        return payloads.list(label.folder(), "", PAGE);
    }

    /** Removes the copies on the disk. */
    void forget(long id) throws IOException {
        for (KeyRecord key : onDisk(prefix(id))) {
            disk.delete(key.fileName());
        }
        disk.sync();
        local.remove(id);
        published.remove(id);
    }
}
