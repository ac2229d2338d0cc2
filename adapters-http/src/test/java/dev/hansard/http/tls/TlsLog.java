// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What this package warns of while it is open. */
final class TlsLog extends Handler implements AutoCloseable {
    // Held, because the JDK forgets a logger that nobody holds, and its handlers with it.
    private final Logger logger = Logger.getLogger("dev.hansard.http.tls");
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    private TlsLog() {}

    static TlsLog start() {
        var log = new TlsLog();
        log.logger.addHandler(log);
        return log;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void publish(LogRecord event) {
        if (event.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(event.getMessage());
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
