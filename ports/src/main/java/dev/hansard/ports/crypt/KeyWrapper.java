// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.crypt;

/**
 * Holds, or can reach, the key-encryption key that all data keys are wrapped by. It is asked when a data key is made -
 * one for each service, retention class, day and start of a node - and when one is read that is not in memory; so it
 * may be slow, but it must answer or fail within seconds: calls may wait for it. There can be several versions of its
 * key: the newest wraps, all unwrap. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface KeyWrapper extends AutoCloseable {
    /** Bytes of a data key. */
    int KEY_BYTES = 32;

    /**
     * Wraps a data key by the newest key-encryption key.
     *
     * @param key {@link #KEY_BYTES} of them; neither kept nor changed
     * @param purpose what the key is for; only who names the same can unwrap it
     * @throws dev.hansard.ports.session.StorageException when it cannot for now
     */
    WrappedKey wrap(byte[] key, String purpose);

    /**
     * The data key again, in an array of the caller's own.
     *
     * @throws dev.hansard.ports.session.StorageException when it cannot: the message names the key-encryption key that
     *     is missing, or says that the wrapped key is another one's or damaged
     */
    byte[] unwrap(WrappedKey wrapped, String purpose);

    /**
     * Which key-encryption key wraps now, as {@link WrappedKey#wrappedBy} says it.
     *
     * @throws dev.hansard.ports.session.StorageException when it cannot say for now
     */
    String current();

    /** Ends what it needs to work. */
    @Override
    default void close() {}
}
