// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

import dev.hansard.ports.value.InvalidValueException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the embedded catalog lives and how much it may use.
 *
 * @param folder its own folder, made when it is missing; one process at a time
 * @param openDays most day files open at once; each has a cache and one thread of H2
 * @param cacheKib page cache of one open day file, in KiB
 * @param connections most connections to one day file: readers and the writer
 * @param windowRows about how many sessions one step of a filtered search looks at
 * @param windows most steps of one slice of a search
 * @param writerIdle how long a day file stays open for writing after its last change
 */
public record H2CatalogSettings(
        Path folder, int openDays, int cacheKib, int connections, int windowRows, int windows, Duration writerIdle) {
    public H2CatalogSettings {
        folder = folder.toAbsolutePath().normalize();
        if (folder.toString().indexOf(';') >= 0) {
            throw new InvalidValueException("catalog folder '" + folder
                    + "' has a ';' in its path, which H2 does not take; choose another one");
        }
        requirePositive("openDays", openDays);
        requirePositive("cacheKib", cacheKib);
        requirePositive("connections", connections);
        requirePositive("windowRows", windowRows);
        requirePositive("windows", windows);
        if (!writerIdle.isPositive()) {
            throw new InvalidValueException("catalog writerIdle must be positive, but is " + writerIdle);
        }
    }

    /** What suits a node with 256 MiB of heap. */
    public static H2CatalogSettings of(Path folder) {
        return new H2CatalogSettings(folder, 4, 8_192, 8, 20_000, 4, Duration.ofMinutes(5));
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new InvalidValueException("catalog " + name + " must be at least 1, but is " + value);
        }
    }
}
