// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Damaged bytes are counted and copied to a file of their own, for people to look at, before the spool file goes. Safe
 * for any number of threads, one at a time per spool file.
 */
final class Quarantine {
    private static final Logger LOG = System.getLogger(Quarantine.class.getName());
    /** Most bytes kept of one damaged place, and most places kept in all. */
    private static final int MAX_COPY = 1024 * 1024;

    private static final int MAX_FILES = 64;
    private static final String INFIX = ".damaged-";

    private final Disk disk;
    private final AtomicLong damagedBytes = new AtomicLong();
    private final AtomicLong damagedPlaces = new AtomicLong();

    Quarantine(Disk disk) {
        this.disk = disk;
    }

    void keep(long number, Disk.File from, List<FrameScanner.Gap> gaps) throws IOException {
        for (FrameScanner.Gap gap : gaps) {
            damagedBytes.addAndGet(gap.to() - gap.from());
            damagedPlaces.incrementAndGet();
            LOG.log(
                    Level.WARNING,
                    "{0}: bytes {1} to {2} are {3}",
                    SpoolFiles.nameOf(number),
                    gap.from(),
                    gap.to(),
                    gap.tail() ? "an unfinished end" : "damaged; what follows was salvaged");
            copy(SpoolFiles.nameOf(number) + INFIX + gap.from(), from, gap);
        }
    }

    private void copy(String name, Disk.File from, FrameScanner.Gap gap) throws IOException {
        List<String> kept =
                disk.list().stream().filter(file -> file.contains(INFIX)).toList();
        if (kept.contains(name) || kept.size() >= MAX_FILES) {
            return;
        }
        var bytes = new byte[(int) Math.min(MAX_COPY, gap.to() - gap.from())];
        int length = new FileFrame(from, gap.from()).open(0, bytes.length).readNBytes(bytes, 0, bytes.length);
        try (Disk.File copy = disk.create(name)) {
            copy.write(ByteBuffer.wrap(bytes, 0, length), 0);
        } catch (IOException e) {
            // A full disk must not keep the node from starting.
            LOG.log(Level.WARNING, "Damaged bytes cannot be copied to {0}", name);
        }
    }

    long damagedBytes() {
        return damagedBytes.get();
    }

    long damagedPlaces() {
        return damagedPlaces.get();
    }
}
