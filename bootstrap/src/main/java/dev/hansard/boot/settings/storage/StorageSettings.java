// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.storage;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.session.PayloadStore;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.storage.catalog.H2CatalogFactory;
import dev.hansard.storage.control.H2ControlFactory;
import dev.hansard.storage.payload.FilesystemPayloadFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where records are kept.
 *
 * @param dataDir folder of the spool, the keys, and all that the kinds of storage keep on this machine
 * @param control what cannot be made again
 * @param encryption who wraps the keys of what is stored; null when it is stored in clear
 */
public record StorageSettings(
        Path dataDir,
        ChosenStorage<SessionCatalog> catalog,
        ChosenStorage<ControlStore> control,
        ChosenStorage<PayloadStore> payloads,
        @Nullable ChosenStorage<KeyWrapper> encryption,
        SpoolSettings spool) {
    /** All in one folder. */
    public static final StorageSettings DEFAULT = new StorageSettings(
            Path.of("data"),
            ChosenStorage.usual(new H2CatalogFactory()),
            ChosenStorage.usual(new H2ControlFactory()).following(),
            ChosenStorage.usual(new FilesystemPayloadFactory()),
            null,
            SpoolSettings.DEFAULT);

    static final String PER_SESSION = "per-session";

    /** Whether each session that is encrypted has a key of its own. */
    public boolean hasKeysOfSessions() {
        return encryption != null && Boolean.TRUE.equals(encryption.options().get(PER_SESSION));
    }

    /** The same in another folder. */
    public StorageSettings in(Path folder) {
        return new StorageSettings(folder, catalog, control, payloads, encryption, spool);
    }

    /**
     * The write-ahead files.
     *
     * @param maxBytes most bytes of all spool files together; calls are refused or recorded without payload beyond it
     * @param groupCommit longest wait of a record for others to be flushed with
     * @param reserveBytes disk space kept back so that calls in flight can finish when the disk is full
     * @param sealAfter how long records may stay in the spool, where other nodes cannot read them
     */
    public record SpoolSettings(long maxBytes, Duration groupCommit, long reserveBytes, Duration sealAfter) {
        /** For nodes that share a catalog: soon anybody's, at the price of more and smaller segments. */
        public static final Duration SHARED_SEAL_AFTER = Duration.ofMinutes(1);

        public static final SpoolSettings DEFAULT = new SpoolSettings(
                4L * 1024 * 1024 * 1024, Duration.ofMillis(5), 64L * 1024 * 1024, Duration.ofHours(1));
    }
}
