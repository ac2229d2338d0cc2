// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.payload;

import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.StorageException;
import java.nio.file.Path;

/** Opens the payload store that keeps segments as files. */
public final class FilesystemPayloads {
    private FilesystemPayloads() {}

    /**
     * Opens the store in {@code folder}, which is made when it is missing, readable by its owner only. What an earlier
     * process left half written is removed, so one process at a time may use the folder.
     *
     * @throws StorageException when the folder cannot be used
     */
    public static PayloadStore open(Path folder) {
        return FilesystemPayloadStore.open(folder);
    }

    /**
     * Opens the store in {@code folder} to read from it beside the process that it belongs to; nothing in it is
     * changed.
     */
    public static PayloadStore beside(Path folder) {
        return FilesystemPayloadStore.beside(folder);
    }
}
