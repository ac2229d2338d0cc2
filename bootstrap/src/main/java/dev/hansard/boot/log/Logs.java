// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.hansard.boot.settings.LogSettings;
import dev.hansard.boot.settings.LogSettings.Format;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets logging up. Nothing is read from files, and nothing is logged anywhere but to the stream given. */
public final class Logs {
    private static final String OURS = "dev.hansard";

    private Logs() {}

    /**
     * Writes as the settings say from now on.
     *
     * @param to stderr
     * @param isTerminal whether a person reads it
     */
    public static void start(LogSettings settings, OutputStream to, boolean isTerminal) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            configure(context, settings, to, isTerminal);
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    static void configure(LoggerContext context, LogSettings settings, OutputStream to, boolean isTerminal) {
        context.reset();
        boolean text = settings.format() == Format.TEXT || (settings.format() == Format.AUTO && isTerminal);
        Layout<ILoggingEvent> layout = text ? new TextLine() : new JsonLine();
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setEncoder(encoder);
        appender.setOutputStream(new Unclosable(to));
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        Level level = level(settings.level());
        // The libraries' own news is of no use to an operator; their warnings are.
        root.setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        context.getLogger(OURS).setLevel(level);
    }

    private static Level level(LogSettings.Level level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
