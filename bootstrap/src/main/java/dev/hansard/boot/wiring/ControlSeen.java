// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.audit.AuditEntry;
import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Notices that control data were turned back: the audit log never gets shorter, so one that ends before what this node
 * has seen of it comes from a backup. The number is kept beside the records, when the node starts and when it stops.
 */
final class ControlSeen implements AutoCloseable {
    private static final String FILE = "audit.seen";

    private final AuditLog log;
    private final Path file;

    private ControlSeen(AuditLog log, Path file) {
        this.log = log;
        this.file = file;
    }

    /** Compares, and tells of it in both logs; the node goes on, since it must not be out of order for callers. */
    static ControlSeen compared(AuditLog log, Auditor auditor, Path dataDir) {
        var seen = new ControlSeen(log, dataDir.resolve(FILE));
        try {
            long before = seen.before();
            long now = seen.now();
            if (now < before) {
                String what = "the audit log ends with entry " + now + ", but this node has seen " + before;
                System.getLogger(ControlSeen.class.getName())
                        .log(
                                System.Logger.Level.ERROR,
                                "the control data are older than they were: {0}. API keys that were revoked since are"
                                        + " valid again, and holds that were placed since are gone: `hansard keys ls`"
                                        + " and `hansard hold ls` show what there is",
                                what);
                auditor.node(AuditAction.CONTROL_TURNED_BACK, what);
            }
            seen.keep();
        } catch (IOException | StorageException e) {
            System.getLogger(ControlSeen.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "whether the control data were turned back is not known: {0}",
                            e.getMessage());
        }
        return seen;
    }

    private long before() throws IOException {
        try {
            return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
        } catch (NumberFormatException e) {
            throw new IOException("'" + file + "' holds no number; remove it", e);
        }
    }

    private long now() {
        List<AuditEntry> newest = log.newest(Long.MAX_VALUE, 1);
        return newest.isEmpty() ? 0 : newest.getFirst().number();
    }

    private void keep() throws IOException {
        MadeOnce.replace(file, Long.toString(now()));
    }

    @Override
    public void close() throws IOException {
        keep();
    }
}
