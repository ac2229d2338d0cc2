// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.PayloadStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Wraps all data keys by the newest key-encryption key, and so sets the older ones free. Nothing that was encrypted is
 * read or written. Nodes may run meanwhile, and it may be killed and run again: a key is stored in its new form before
 * it goes in the old one.
 */
public final class KeyRotation {
    private static final int PAGE = 1000;

    private final KeyWrapper wrapper;
    private final String newest;
    private int rewrapped;
    private int newestAlready;

    private KeyRotation(KeyWrapper wrapper) {
        this.wrapper = wrapper;
        newest = wrapper.current();
    }

    /**
     * What was done.
     *
     * @param wrappedBy the key-encryption key that all data keys need now
     * @param rewrapped how many were wrapped by another one
     * @param already how many were not
     */
    public record Outcome(String wrappedBy, int rewrapped, int already) {}

    /**
     * Wraps the keys of a node's disk and those of the payload store.
     *
     * @throws dev.hansard.ports.session.StorageException when it comes to a key that it cannot read; the others before
     *     it are done
     */
    public static Outcome run(KeyWrapper wrapper, Disk disk, PayloadStore payloads) throws IOException {
        var rotation = new KeyRotation(wrapper);
        KeyShelf shelf = KeyShelf.open(disk, payloads);
        for (KeyRecord key : shelf.onDisk()) {
            if (rotation.isOld(key)) {
                shelf.replace(key, rotation.rewrapped(key));
            }
        }
        List<String> page = payloads.list("", "", PAGE);
        while (!page.isEmpty()) {
            for (String object : page) {
                if (object.endsWith(KeyRecord.SUFFIX)) {
                    rotation.stored(shelf, payloads, shelf.object(object));
                }
            }
            page = payloads.list("", page.getLast(), PAGE);
        }
        return new Outcome(rotation.newest, rotation.rewrapped, rotation.newestAlready);
    }

    private void stored(KeyShelf shelf, PayloadStore payloads, KeyRecord key) {
        if (!isOld(key)) {
            return;
        }
        KeyRecord by = rewrapped(key);
        shelf.publish(by);
        if (payloads.length(key.objectKey()).isEmpty()) {
            // It was destroyed meanwhile, and must not come back.
            payloads.delete(by.objectKey());
        }
        payloads.delete(key.objectKey());
    }

    private boolean isOld(KeyRecord key) {
        boolean old = !key.wrapped().wrappedBy().equals(newest);
        newestAlready += old ? 0 : 1;
        return old;
    }

    private KeyRecord rewrapped(KeyRecord key) {
        String purpose = key.purpose();
        byte[] bytes = wrapper.unwrap(key.wrapped(), purpose);
        try {
            rewrapped++;
            return key.wrappedAs(wrapper.wrap(bytes, purpose));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
