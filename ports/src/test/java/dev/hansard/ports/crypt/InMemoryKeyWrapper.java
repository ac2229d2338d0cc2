// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.crypt;

import dev.hansard.ports.session.StorageException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Keeps the keys itself, and gives out numbers for them. */
public final class InMemoryKeyWrapper implements KeyWrapper {
    private final Map<String, byte[]> keys = new HashMap<>();
    private int version = 1;
    private int oldest = 1;
    private boolean failing;

    @Override
    public synchronized String current() {
        require(!failing, "the wrapper is out of order");
        return "memory:" + version;
    }

    @Override
    public synchronized WrappedKey wrap(byte[] key, String purpose) {
        var wrapped = new WrappedKey(current(), Integer.toString(keys.size()));
        keys.put(place(wrapped, purpose), key.clone());
        return wrapped;
    }

    @Override
    public synchronized byte[] unwrap(WrappedKey wrapped, String purpose) {
        require(!failing, "the wrapper is out of order");
        byte[] key = keys.get(place(wrapped, purpose));
        boolean isKnown = wrapped.wrappedBy().startsWith("memory:")
                && Integer.parseInt(wrapped.wrappedBy().substring("memory:".length())) >= oldest;
        require(key != null && isKnown, wrapped.wrappedBy() + " is not here");
        return key == null ? new byte[0] : Arrays.copyOf(key, key.length);
    }

    private static String place(WrappedKey wrapped, String purpose) {
        return wrapped.wrappedBy() + " " + wrapped.text() + " " + purpose;
    }

    private static void require(boolean claim, String message) {
        if (!claim) {
            throw new StorageException(message);
        }
    }

    /** Has a newer key-encryption key from now on. */
    public synchronized void rotate() {
        version++;
    }

    /** Knows none but the newest any more. */
    public synchronized void forgetOld() {
        oldest = version;
    }

    public synchronized void failing(boolean fails) {
        failing = fails;
    }
}
