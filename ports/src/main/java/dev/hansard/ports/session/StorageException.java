// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import org.jspecify.annotations.Nullable;

/**
 * A store could not do what was asked. A retry of the same call is safe and may succeed later. The message names the
 * store and the object, never content. It says whether the store as a whole failed to answer, or only this call: who
 * retries waits for the one, and gives up on the other after some tries.
 *
 * @since 0.1
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isOutage;

    public StorageException(String message, Throwable cause) {
        super(message, cause);
        isOutage = false;
    }

    public StorageException(String message) {
        super(message);
        isOutage = false;
    }

    private StorageException(String message, @Nullable Throwable cause, boolean isOutage) {
        super(message, cause);
        this.isOutage = isOutage;
    }

    /** The store is down, full, overloaded or does not let us in; the same would happen to any other object. */
    public static StorageException outage(String message, @Nullable Throwable cause) {
        return new StorageException(message, cause, true);
    }

    /** Whether it failed for a reason that has nothing to do with the object. */
    public boolean isOutage() {
        return isOutage;
    }
}
