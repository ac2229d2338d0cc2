// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.value.InvalidValueException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the spool works.
 *
 * @param folder where its files are; on a local disk
 * @param fileBytes at which length a file is closed and the next begun
 * @param maxBytes most bytes of all files together: what the payload store may be behind. Beyond, no new call is
 *     promised a record
 * @param groupCommit how long a record that nobody waits for may stay unsynced
 * @param groupBytes how many unsynced bytes make a sync due before that
 * @param queueBytes most bytes of records that wait to be written and synced, in memory
 * @param reserveBytes what is kept free on the disk, so that calls in flight get their records when it is full
 * @param recordDeadline how long the disk may take before the spool says that it is failing
 * @param sealAfter how old a file may become before it is closed and its sessions go to the payload store
 * @param maxFlights most calls in flight whose progress survives the process
 */
public record SpoolSettings(
        Path folder,
        long fileBytes,
        long maxBytes,
        Duration groupCommit,
        int groupBytes,
        long queueBytes,
        long reserveBytes,
        Duration recordDeadline,
        Duration sealAfter,
        int maxFlights) {
    private static final long MIB = 1024 * 1024;
    private static final long MIN_FILE = 4096;
    private static final int MAX_GROUP = 16 * 1024 * 1024;
    private static final int MAX_FLIGHTS = 1_000_000;

    public SpoolSettings {
        positive("file-bytes", fileBytes - MIN_FILE + 1);
        positive("max-bytes", maxBytes);
        positive("group-commit", groupCommit.toNanos());
        positive("group-bytes", groupBytes);
        positive("queue-bytes", queueBytes);
        positive("reserve-bytes", reserveBytes);
        positive("record-deadline", recordDeadline.toNanos());
        positive("seal-after", sealAfter.toNanos());
        positive("max-flights", maxFlights);
        if (groupBytes > MAX_GROUP || maxFlights > MAX_FLIGHTS) {
            throw new InvalidValueException("spool group-bytes must be at most " + MAX_GROUP
                    + " and max-flights at most " + MAX_FLIGHTS + ", but are " + groupBytes + " and " + maxFlights);
        }
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new InvalidValueException("spool " + name + " is too small; choose a greater one");
        }
    }

    /** What is right for most nodes. */
    public static SpoolSettings at(Path folder) {
        return new SpoolSettings(
                folder,
                64 * MIB,
                4_096 * MIB,
                Duration.ofMillis(5),
                256 * 1024,
                64 * MIB,
                64 * MIB,
                Duration.ofSeconds(2),
                Duration.ofHours(1),
                16_384);
    }
}
