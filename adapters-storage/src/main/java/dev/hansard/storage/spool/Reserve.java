// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.spool;

import dev.hansard.ports.session.Disk;
import java.io.IOException;

/**
 * A file that only takes up room, so that there is some left when the disk is full: deleted then, and made again when
 * space has returned. Belongs to the writer.
 */
final class Reserve {
    static final String NAME = "reserve";
    private static final String DRAFT = "reserve.new";

    private final Disk disk;
    private final long bytes;

    Reserve(Disk disk, long bytes) {
        this.disk = disk;
        this.bytes = bytes;
    }

    boolean exists() throws IOException {
        return disk.list().contains(NAME);
    }

    /** Gives its room back to the disk; the answer says whether there was any. */
    boolean release() throws IOException {
        boolean held = exists();
        disk.delete(NAME);
        disk.delete(DRAFT);
        return held;
    }

    /** Makes it anew when there is room for it twice, so that making it does not fill the disk again. */
    boolean make() throws IOException {
        if (exists()) {
            return true;
        }
        disk.delete(DRAFT);
        if (disk.free() < 2 * bytes) {
            return false;
        }
        try (Disk.File file = disk.create(DRAFT)) {
            file.allocate(bytes);
            file.sync();
        } catch (IOException e) {
            disk.delete(DRAFT);
            throw e;
        }
        disk.rename(DRAFT, NAME);
        disk.sync();
        return true;
    }
}
