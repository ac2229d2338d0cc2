// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which spool files there are and how far each one counts. Written by the writer and the sealer, read by all; no lock
 * is held over I/O.
 */
final class SpoolFiles {
    private static final String SUFFIX = ".spool";
    private static final String CONTAINER = "spool/";
    private static final int DIGITS = 10;

    /**
     * One file.
     *
     * @param salt null when its header is lost
     * @param createdAt the epoch when its header is lost
     * @param end everything before it is durable, and nothing behind counts
     * @param closed whether nothing will be added
     * @param damaged whether some frame before the end is not whole: then heads alone cannot be trusted, because a
     *     power loss can keep a head and lose what belongs to it
     */
    record Known(long number, @Nullable Long salt, Instant createdAt, long end, boolean closed, boolean damaged) {
        String name() {
            return nameOf(number);
        }

        /**
         * As the catalog calls it. With the time, because numbers can begin anew, after the loss of the catalog, while
         * sessions of an older file of that number are still known.
         */
        String container() {
            return CONTAINER + name() + "@" + createdAt.getEpochSecond();
        }

        boolean isEmpty() {
            return end <= FileHeader.LENGTH;
        }
    }

    private final Disk disk;
    private final TreeMap<Long, Known> files = new TreeMap<>();
    /** Written under the lock; asked for each call, without it. */
    private volatile long bytes;

    SpoolFiles(Disk disk) {
        this.disk = disk;
    }

    static String nameOf(long number) {
        return "%010d%s".formatted(number, SUFFIX);
    }

    /** The number in a file's name; -1 when it is no spool file. */
    static long numberOf(String name) {
        if (name.length() != DIGITS + SUFFIX.length() || !name.endsWith(SUFFIX)) {
            return -1;
        }
        String digits = name.substring(0, DIGITS);
        return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(digits) : -1;
    }

    static boolean isContainer(String container) {
        return container.startsWith(CONTAINER);
    }

    synchronized void add(Known file) {
        Known before = files.put(file.number(), file);
        bytes += file.end() - (before == null ? 0 : before.end());
    }

    synchronized void advance(long number, long end) {
        Known file = files.get(number);
        if (file != null) {
            add(new Known(number, file.salt(), file.createdAt(), end, file.closed(), file.damaged()));
        }
    }

    synchronized void close(long number, long end) {
        Known file = files.get(number);
        if (file != null) {
            add(new Known(number, file.salt(), file.createdAt(), end, true, file.damaged()));
        }
    }

    synchronized void remove(long number) {
        Known file = files.remove(number);
        bytes -= file == null ? 0 : file.end();
    }

    synchronized Optional<Known> find(long number) {
        return Optional.ofNullable(files.get(number));
    }

    /** The file with that name in the catalog. */
    Optional<Known> find(String container) {
        int end = container.lastIndexOf('@');
        return isContainer(container) && end > 0
                ? find(numberOf(container.substring(CONTAINER.length(), end)))
                        .filter(file -> file.container().equals(container))
                : Optional.empty();
    }

    /** The first file with at least this number. */
    synchronized Optional<Known> from(long number) {
        var found = files.ceilingEntry(number);
        return found == null ? Optional.empty() : Optional.of(found.getValue());
    }

    /** Bytes of all files that count. */
    long bytes() {
        return bytes;
    }

    synchronized int count() {
        return files.size();
    }

    Disk.File open(long number) throws IOException {
        return disk.open(nameOf(number));
    }
}
