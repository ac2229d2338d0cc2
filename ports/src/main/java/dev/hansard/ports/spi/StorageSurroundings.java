// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

import dev.hansard.ports.value.NodeName;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the node gives to a storage that it opens.
 *
 * @param node its name, which stays the same over restarts and is used by one process at a time
 * @param dataDir {@code storage.data-dir}, which is there and belongs to this process alone; a storage that needs disk
 *     has a folder of its own in it
 * @param wall the time of day, for what is dated
 * @param nanos a clock that only goes forward, in nanoseconds, for what is measured or awaited
 * @param random a source that cannot be guessed; safe for any number of threads
 * @since 0.1
 */
public record StorageSurroundings(
        NodeName node, Path dataDir, InstantSource wall, LongSupplier nanos, RandomGenerator random) {}
