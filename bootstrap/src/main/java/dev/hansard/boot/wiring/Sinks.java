// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.sinks.SinkSettings;
import dev.hansard.http.webhook.WebhookSink;
import dev.hansard.ports.notify.Notice;
import dev.hansard.ports.notify.NoticeSink;
import dev.hansard.ports.notify.Notices;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sinks that the configuration names, at work. */
final class Sinks implements Notices, AutoCloseable {
    /** How long all together may take to deliver what waits when the node stops. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, NoticeSink> sinks = new LinkedHashMap<>();

    static Sinks open(List<SinkSettings> settings, NodeClock clock) {
        var all = new Sinks();
        var clocks = new WebhookSink.Clocks(clock.wall(), clock.nanos(), clock.secrets());
        settings.forEach(sink -> all.sinks.put(sink.name(), WebhookSink.open(sink.webhook(), clocks)));
        return all;
    }

    @Override
    public void tell(Notice notice) {
        sinks.values().forEach(sink -> sink.tell(notice));
    }

    /** How each has fared, by name. */
    Map<String, NoticeSink.Figures> figures() {
        var figures = new LinkedHashMap<String, NoticeSink.Figures>();
        sinks.forEach((name, sink) -> figures.put(name, sink.figures()));
        return figures;
    }

    @Override
    public void close() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (NoticeSink sink : sinks.values()) {
            sink.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }
}
