// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged by this package and by Helidon, at info and above, while it is open. */
final class CapturedLog extends Handler implements AutoCloseable {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Logger> loggers =
            List.of(Logger.getLogger("dev.hansard.http.admin"), Logger.getLogger("io.helidon.webserver"));

    private CapturedLog() {}

    static CapturedLog start() {
        var log = new CapturedLog();
        log.loggers.forEach(logger -> logger.addHandler(log));
        return log;
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void publish(LogRecord event) {
        messages.add(java.text.MessageFormat.format(event.getMessage().replace("'", "''"), event.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        loggers.forEach(logger -> logger.removeHandler(this));
    }
}
