// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.hansard.boot.settings.LogSettings;

/**
 * What holds until {@link Logs#start} is called, and for commands that never call it: warnings, as text, on stderr.
 * Without it, Logback would print everything to stdout, among the data. Found through ServiceLoader.
 */
public final class QuietStart extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var quiet = new LogSettings(LogSettings.Level.WARN, LogSettings.Format.TEXT);
        Logs.configure(context, quiet, System.err, true);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
