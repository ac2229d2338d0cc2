// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * Locks of a {@link PayloadStore} whose server enforces them against everybody, us included. There are two, and an
 * object can be removed only when it has neither: a retention that ends by itself, and a legal hold that lasts until
 * it is lifted. A key with a lock can still be read and put again with the same bytes. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface PayloadLocks {
    /**
     * Like {@link PayloadStore#put}, with a retention from the first moment on. Where the object is there already its
     * retention is made at least so long.
     *
     * @throws StorageException when it could not be stored or locked
     */
    void put(String key, InputStream bytes, long length, String sha256, Instant until);

    /**
     * Keeps an object until then; a retention that ends later stays as it is, since none can be shortened.
     *
     * @param until to the second; what is finer is rounded up
     * @throws StorageException when there is no such object, or the store refuses
     */
    void retainUntil(String key, Instant until);

    /**
     * The end of an object's retention; empty when it has none.
     *
     * @throws StorageException when there is no such object
     */
    Optional<Instant> retainedUntil(String key);

    /**
     * Places or lifts a legal hold. Placing one that is there, or lifting one that is not, changes nothing.
     *
     * @throws StorageException when there is no such object, or the store refuses
     */
    void hold(String key, boolean held);

    /**
     * Whether an object is under a legal hold.
     *
     * @throws StorageException when there is no such object
     */
    boolean isHeld(String key);
}
