// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import dev.hansard.boot.text.Visible;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A log line for people: {@code 2026-11-23T02:04:05.123Z INFO  wiring.Node  message}. One event is one line, whatever
 * its message.
 */
final class TextLine extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String OURS = "dev.hansard.";

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(160);
        TIME.formatTo(event.getInstant(), line);
        line.append(' ').append("%-5s".formatted(event.getLevel())).append(' ');
        String logger = event.getLoggerName();
        line.append(logger.startsWith(OURS) ? logger.substring(OURS.length()) : logger);
        line.append("  ").append(Visible.inLine(String.valueOf(event.getFormattedMessage())));
        line.append('\n');
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            Thrown.lines(thrown)
                    .forEach(frame -> line.append("    ").append(frame).append('\n'));
        }
        return line.toString();
    }
}
