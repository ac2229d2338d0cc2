// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where records are kept.
 *
 * @param dataDir folder of the spool, the catalog, the segments and the keys
 */
public record StorageSettings(Path dataDir, SpoolSettings spool) {
    public static final StorageSettings DEFAULT = new StorageSettings(Path.of("data"), SpoolSettings.DEFAULT);

    /** The same in another folder. */
    public StorageSettings in(Path folder) {
        return new StorageSettings(folder, spool);
    }

    /**
     * The write-ahead files.
     *
     * @param maxBytes most bytes of all spool files together; calls are refused or recorded without payload beyond it
     * @param groupCommit longest wait of a record for others to be flushed with
     * @param reserveBytes disk space kept back so that calls in flight can finish when the disk is full
     */
    public record SpoolSettings(long maxBytes, Duration groupCommit, long reserveBytes) {
        public static final SpoolSettings DEFAULT =
                new SpoolSettings(4L * 1024 * 1024 * 1024, Duration.ofMillis(5), 64L * 1024 * 1024);
    }
}
