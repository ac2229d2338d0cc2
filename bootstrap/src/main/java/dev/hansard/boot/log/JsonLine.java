// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;

/**
 * A log line for programs: one JSON object with time, level, logger, thread, message and, where there is one, error.
 */
final class JsonLine extends LayoutBase<ILoggingEvent> {
    private final JsonFactory json = new JsonFactory();

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringWriter(256);
        try (JsonGenerator out = json.createGenerator(line)) {
            write(out, event);
        } catch (IOException e) {
            throw new IllegalStateException("a StringWriter does not fail", e);
        }
        return line.append('\n').toString();
    }

    private static void write(JsonGenerator out, ILoggingEvent event) throws IOException {
        out.writeStartObject();
        out.writeStringField("time", event.getInstant().toString());
        out.writeStringField("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
        out.writeStringField("logger", event.getLoggerName());
        out.writeStringField("thread", event.getThreadName());
        out.writeStringField("message", String.valueOf(event.getFormattedMessage()));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            out.writeArrayFieldStart("error");
            for (String frame : Thrown.lines(thrown)) {
                out.writeString(frame);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }
}
