// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node remembers of a database outside of it: that it has used it, so that it may start while the database is
 * down, and how far its sessions were indexed, so that it notices an older backup in the place of the database. The
 * file is written only after the database has committed, and not synced: after a power cut it remembers less, which
 * raises no false alarm.
 */
final class LastSeen {
    private static final System.Logger LOG = System.getLogger(LastSeen.class.getName());
    private static final int LINES = 2;

    private final @Nullable Path file;
    private final String database;

    private LastSeen(@Nullable Path file, String database) {
        this.file = file;
        this.database = database;
    }

    /** Remembers in a file what is seen of one database; of another one it knows nothing. */
    static LastSeen in(Path file, PostgresSettings settings, String schema) {
        return new LastSeen(file, "hansard-seen 1 " + settings.place() + " " + schema);
    }

    /** Remembers nothing: whoever has only this must find the database there. */
    static LastSeen nothing() {
        return new LastSeen(null, "");
    }

    /** The highest sequence that the database was seen to have of this node; -1 when it has never been seen. */
    long sequence() {
        if (file == null || !Files.exists(file)) {
            return -1;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.size() == LINES && lines.getFirst().equals(database) ? Long.parseLong(lines.getLast()) : -1;
        } catch (IOException | NumberFormatException e) {
            LOG.log(System.Logger.Level.WARNING, "''{0}'' cannot be read and is taken for missing: {1}", file, e);
            return -1;
        }
    }

    void remember(long sequence) {
        if (file == null) {
            return;
        }
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, database + "\n" + sequence + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "''{0}'' cannot be written: {1}", file, e);
        }
    }
}
