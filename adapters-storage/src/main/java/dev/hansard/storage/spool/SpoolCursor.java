// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.storage.spool.SpoolFiles.Known;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is durable in the spool in its order, from any place on, and goes on as more comes. Belongs to one
 * thread.
 */
final class SpoolCursor implements AutoCloseable {
    private final SpoolFiles files;
    private @Nullable Reading reading;

    SpoolCursor(SpoolFiles files) {
        this.files = files;
    }

    /** The file that is being read. */
    record Reading(long number, String container, Disk.File file, FrameScanner scanner) {
        /** Everything before is read. */
        SpoolPosition upTo() {
            return new SpoolPosition(number, scanner.position());
        }
    }

    /** Where there is something to read; null when there is not. */
    @Nullable
    Reading from(SpoolPosition position) throws IOException {
        Optional<Known> file = files.from(position.file());
        while (file.isPresent()) {
            Known known = file.get();
            long offset = known.number() == position.file()
                    ? Math.max(position.offset(), FileHeader.LENGTH)
                    : FileHeader.LENGTH;
            if (offset < known.end()) {
                return reading(known, offset);
            }
            if (!known.closed()) {
                return null;
            }
            file = files.from(known.number() + 1);
        }
        return null;
    }

    private Reading reading(Known known, long offset) throws IOException {
        if (reading != null
                && reading.number() == known.number()
                && reading.scanner().position() == offset) {
            reading.scanner().extend(known.end());
            return reading;
        }
        forget();
        Disk.File file = files.open(known.number());
        var scanner = new FrameScanner(file, offset, known.end(), known.salt(), known.damaged());
        reading = new Reading(known.number(), known.container(), file, scanner);
        return reading;
    }

    /** What was read may have to be read again. */
    void forget() {
        Reading before = reading;
        reading = null;
        if (before != null) {
            try {
                before.file().close();
            } catch (IOException _) {
                // It was only read.
            }
        }
    }

    /** Whether all of a file lies before a position. */
    static boolean isPast(SpoolPosition position, Known file) {
        return position.file() > file.number()
                || (position.file() == file.number() && position.offset() >= file.end())
                || file.isEmpty();
    }

    @Override
    public void close() {
        forget();
    }
}
