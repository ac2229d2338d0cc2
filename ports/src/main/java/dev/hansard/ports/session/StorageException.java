// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

/**
 * A store could not do what was asked. A retry of the same call is safe and may succeed later. The message names the
 * store and the object, never content.
 *
 * @since 0.1
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    public StorageException(String message) {
        super(message);
    }
}
