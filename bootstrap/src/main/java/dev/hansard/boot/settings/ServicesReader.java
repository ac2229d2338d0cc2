// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.identity.IdentityReader;
import dev.hansard.boot.settings.limit.LimitSettings;
import dev.hansard.boot.settings.limit.LimitsReader;
import dev.hansard.boot.settings.masking.MaskingReader;
import dev.hansard.boot.settings.retention.RetentionReader;
import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.Names;
import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.boot.settings.yaml.Tree.Sequence;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.OverloadAction;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code services} of the configuration file and of the files that it includes. */
final class ServicesReader {
    /** How many services there may be. */
    static final int MOST_SERVICES = 1_000;

    private static final int MOST_LABELS = 64;
    private static final int LONGEST_LABEL = 128;
    private static final long MOST_RECORDED_BYTES = 1L << 30;

    private final Problems problems;
    private final MatchReader matches;
    private final IdentityReader identity;
    private final MaskingReader masking;
    private final RetentionReader retention;
    private final Upstreams upstreams;
    private final LimitsReader limits = new LimitsReader();
    private final Map<String, Position> seen = new HashMap<>();
    private final List<Service> services = new ArrayList<>();

    ServicesReader(
            Problems problems,
            MatchReader matches,
            IdentityReader identity,
            MaskingReader masking,
            RetentionReader retention,
            Upstreams upstreams) {
        this.problems = problems;
        this.matches = matches;
        this.identity = identity;
        this.masking = masking;
        this.retention = retention;
        this.upstreams = upstreams;
    }

    /** The services read so far, in the order written. */
    List<Service> services() {
        return services;
    }

    /** What their calls are held to. */
    LimitSettings limits() {
        return limits.settings();
    }

    /** Reads those of one file. */
    void readAll(List<Entry> entries, Paths paths) {
        for (Entry entry : entries) {
            Position first = seen.putIfAbsent(entry.key(), entry.at());
            if (first != null) {
                problems.error(
                        entry.at(), "service '" + entry.key() + "' is defined twice, first at " + first, "rename one");
            } else if (seen.size() == MOST_SERVICES + 1) {
                problems.error(entry.at(), "there are more than " + MOST_SERVICES + " services");
            } else {
                read(entry, paths);
            }
        }
    }

    private void read(Entry entry, Paths paths) {
        String path = "services." + entry.key();
        if (!Names.check(entry, path, problems)) {
            return;
        }
        var name = new ServiceName(entry.key());
        // The short form is the upstream alone.
        Tree written = switch (entry.value()) {
            case Scalar url -> new Mapping(url.at(), List.of(new Entry(url.at(), "upstream", url)));
            case Sequence list -> list;
            case Mapping mapping -> mapping;
        };
        Section section = Section.open(written, path, SettingsKeys.SERVICE, problems);
        Upstreams.Reached reached = upstreams.read(section, name, entry.at(), paths);
        var service = new Service(
                name,
                reached.addresses(),
                reached.tls(),
                reached.timeouts(),
                matches.read(section, name, entry.at()),
                recording(section),
                retention.service(section, name),
                labels(section),
                reached.agent());
        services.add(service);
        identity.service(section, name);
        masking.service(section, name);
        limits.service(section, name);
    }

    private Map<String, String> labels(Section service) {
        var labels = new LinkedHashMap<String, String>();
        for (Entry entry : service.named("labels")) {
            String path = service.child("labels") + "." + entry.key();
            if (labels.size() == MOST_LABELS) {
                problems.error(entry.at(), service.child("labels") + " must be at most " + MOST_LABELS);
                break;
            }
            if (Names.check(entry, path, problems)) {
                labels.put(
                        entry.key(), service.parsed(entry.value(), path, "", text -> Names.word(text, LONGEST_LABEL)));
            }
        }
        return labels;
    }

    private RecordPolicy recording(Section service) {
        Section section = service.section("record", SettingsKeys.RECORD);
        RecordPolicy usual = RecordPolicy.DEFAULT;
        if (section.truth("websocket", false)) {
            problems.error(
                    section.placeOf("websocket"),
                    section.child("websocket") + " is not available yet",
                    "recording of WebSocket connections comes in a later release; remove it");
        }
        return new RecordPolicy(
                section.parsed("body-bytes", usual.bodyBytes(), t -> Amounts.bytes(t, 0, MOST_RECORDED_BYTES)),
                section.choice(
                        "durability",
                        usual.durability(),
                        Map.of("strict", Durability.STRICT, "relaxed", Durability.RELAXED),
                        List.of()),
                section.choice(
                        "on-overload",
                        usual.onOverload(),
                        Map.of("reject", OverloadAction.REJECT, "metadata", OverloadAction.METADATA),
                        List.of()));
    }
}
