// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

/**
 * Makes one kind of storage of one {@code type} of the configuration.
 *
 * @param <T> the kind of storage
 * @since 0.1
 */
public interface StorageFactory<T extends AutoCloseable> extends TypedFactory {
    /**
     * Reads what is written beside the type. It only reads: no file, no network, no thread, because {@code config
     * validate} calls it, too; {@link Opening#open} is the time for that.
     *
     * @throws InvalidOptionException when an option is missing or does not fit
     */
    Opening<T> create(Options options);

    /**
     * A storage that is configured and not open yet.
     *
     * @param <T> the kind of storage
     */
    interface Opening<T> {
        /**
         * Opens it, and waits until it can be used. Called once at most by a process; whoever calls closes it.
         *
         * @throws dev.hansard.ports.session.StorageException when it cannot be used; the message says what to do, and
         *     holds no secret
         */
        T open(StorageSurroundings around);
    }
}
