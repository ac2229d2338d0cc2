// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.sinks;

import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.TreeOptions;
import dev.hansard.boot.settings.yaml.Words;
import dev.hansard.http.webhook.WebhookSettings;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.value.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code sinks}. */
public final class SinksReader {
    private static final int MOST_SINKS = 32;
    private static final String WEBHOOK = "webhook";
    private static final String TYPE = "type";
    private static final String EVENTS = "events";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** What there is to tell; each stands for all that begins with it and a full stop. */
    private static final List<String> KNOWN_EVENTS = List.of("alert", "alert.raised", "alert.eased", "alert.cleared");

    private static final List<String> LATER_EVENTS =
            List.of("session", "decision", "admin", "sign-in", "checkpoint", "approval.requested", "approval.decided");
    private static final List<String> LATER_TYPES =
            List.of("splunk-hec", "elastic-bulk", "syslog", "otlp-logs", "file");

    private final Section root;
    private final Problems problems;

    public SinksReader(Section root) {
        this.root = root;
        this.problems = root.problems();
    }

    /** All of them, in the order written. */
    public List<SinkSettings> read() {
        var sinks = new ArrayList<SinkSettings>();
        List<Entry> entries = root.named("sinks");
        if (entries.size() > MOST_SINKS) {
            problems.error(root.placeOf("sinks"), "there are more than " + MOST_SINKS + " sinks");
            return sinks;
        }
        for (Entry entry : entries) {
            SinkSettings sink = read(entry);
            if (sink != null) {
                sinks.add(sink);
            }
        }
        return sinks;
    }

    private @Nullable SinkSettings read(Entry entry) {
        String path = root.child("sinks") + "." + entry.key();
        if (!NAME.matcher(entry.key()).matches()) {
            problems.error(entry.at(), path + ": a name has 1 to 63 of a-z, 0-9 and - between them");
            return null;
        }
        if (!(entry.value() instanceof Mapping mapping)) {
            problems.error(
                    entry.value().at(),
                    path + " must be a mapping, but is " + entry.value().kind(),
                    "write { type: webhook, url: https://..., secret: \"${file:PATH}\" }");
            return null;
        }
        var options = new TreeOptions(entry.key(), mapping, path, problems);
        try {
            return isWebhook(options, path) ? webhook(entry.key(), options, path) : null;
        } catch (InvalidOptionException e) {
            options.complain(e);
            return null;
        }
    }

    private boolean isWebhook(TreeOptions options, String path) {
        String type = options.text(TYPE);
        if (LATER_TYPES.contains(type)) {
            problems.error(
                    options.placeOf(TYPE),
                    path + ".type '" + type + "' is not available yet",
                    "it comes in a later release; available: " + WEBHOOK);
        } else if (!type.equals(WEBHOOK)) {
            throw options.misfit(TYPE, WEBHOOK);
        }
        return type.equals(WEBHOOK);
    }

    private @Nullable SinkSettings webhook(String name, TreeOptions options, String path) {
        List<String> events = events(options, path);
        var webhook = settings(name, options, events);
        options.reportUnknown();
        return events.isEmpty() ? null : new SinkSettings(name, webhook, options.effective());
    }

    private static WebhookSettings settings(String name, TreeOptions options, List<String> events) {
        URI url;
        try {
            url = new URI(options.text("url"));
        } catch (URISyntaxException _) {
            throw options.misfit("url", "a URL such as https://hooks.example.com/hansard");
        }
        try {
            return new WebhookSettings(name, url, options.secret("secret"), events, WebhookSettings.Limits.DEFAULT);
        } catch (InvalidValueException e) {
            boolean isOfUrl = String.valueOf(e.getMessage()).startsWith("the URL");
            throw new InvalidOptionException(isOfUrl ? "url" : "secret", "cannot be used: " + e.getMessage());
        }
    }

    private List<String> events(TreeOptions options, String path) {
        var known = new ArrayList<String>();
        for (String event : options.texts(EVENTS, List.of("alert"))) {
            if (KNOWN_EVENTS.contains(event)) {
                known.add(event);
            } else if (LATER_EVENTS.contains(event)) {
                problems.error(
                        options.placeOf(EVENTS),
                        path + ".events '" + event + "' is not available yet",
                        "it comes in a later release; available: " + String.join(", ", KNOWN_EVENTS));
            } else {
                problems.error(
                        options.placeOf(EVENTS),
                        path + ".events names no event '" + event + "'",
                        Words.closest(event, KNOWN_EVENTS)
                                .map(word -> "did you mean '" + word + "'?")
                                .orElse("available: " + String.join(", ", KNOWN_EVENTS)));
            }
        }
        return known;
    }
}
