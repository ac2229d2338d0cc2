// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTimeouts;
import dev.hansard.ports.exchange.UpstreamTls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code upstream} of one service. */
final class UpstreamReader {
    /** How many addresses a service may have. */
    static final int MOST_URLS = 64;

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    // Stands for what could not be read; never used, because the configuration is rejected.
    private static final UpstreamAddress UNREADABLE = new UpstreamAddress(false, "unreadable.invalid", 80);

    private final Problems problems;
    private final List<UpstreamAddress> addresses = new ArrayList<>();
    private final UpstreamTls tls;
    private final UpstreamTimeouts timeouts;

    /** What only who connects to the upstream can use. */
    private static final List<String> OF_CONNECTION = List.of("balance", "tls");

    UpstreamReader(Section service, Position serviceAt, Paths paths) {
        this.problems = service.problems();
        Tree written = service.find("upstream");
        if (written == null) {
            problems.error(
                    serviceAt, service.child("upstream") + " is missing", "write upstream: http://localhost:9001");
        }
        Section section =
                Section.open(asMapping(written, service), service.child("upstream"), SettingsKeys.UPSTREAM, problems);
        if (written != null) {
            addresses(section);
        }
        if (addresses.isEmpty()) {
            addresses.add(UNREADABLE);
        }
        section.choice("balance", true, Map.of("round-robin", true), List.of("least-requests"));
        this.tls = tls(section, paths);
        this.timeouts = timeouts(section);
    }

    /**
     * Of a service behind an agent, which may be written with the address that it has there.
     *
     * @param behind what stands for it when it is not
     */
    UpstreamReader(Section service, UpstreamAddress behind) {
        this.problems = service.problems();
        Section section = Section.open(
                asMapping(service.find("upstream"), service),
                service.child("upstream"),
                SettingsKeys.UPSTREAM,
                problems);
        OF_CONNECTION.stream()
                .filter(section::has)
                .forEach(key -> problems.error(
                        section.placeOf(key),
                        section.child(key) + " is set, but the service is reached via-agent",
                        "who connects to it is the agent; write it into the agent's configuration"));
        if (section.has("url") || section.has("urls")) {
            addresses(section);
        }
        if (addresses.size() > 1) {
            problems.error(
                    section.placeOf("urls"),
                    section.child("urls") + " has more than one, but the service is reached via-agent",
                    "the agent chooses among them; write them into its configuration, and one or none here");
        }
        if (addresses.isEmpty()) {
            addresses.add(behind);
        }
        this.tls = UpstreamTls.DEFAULT;
        this.timeouts = timeouts(section);
    }

    List<UpstreamAddress> addresses() {
        return addresses;
    }

    UpstreamTls tls() {
        return tls;
    }

    UpstreamTimeouts timeouts() {
        return timeouts;
    }

    // The short form is the URL alone.
    private static Tree asMapping(@Nullable Tree written, Section service) {
        return switch (written) {
            case null -> new Mapping(service.at(), List.of());
            case Scalar url -> new Mapping(url.at(), List.of(new Entry(url.at(), "url", url)));
            case Tree other -> other;
        };
    }

    private void addresses(Section section) {
        if (section.has("url") && section.has("urls")) {
            problems.error(
                    section.placeOf("url"), section.path() + " has both url and urls", "move the one into the list");
            return;
        }
        boolean single = section.has("url");
        List<Tree> items = single ? List.of(section.items("url").getFirst()) : section.items("urls");
        if (items.isEmpty()) {
            problems.error(section.at(), section.child("urls") + " is missing", "write urls: [http://localhost:9001]");
        }
        if (items.size() > MOST_URLS) {
            problems.error(section.placeOf("urls"), section.child("urls") + " has more than " + MOST_URLS);
        }
        for (int i = 0; i < items.size(); i++) {
            address(items.get(i), single ? shortPath(section) : section.child("urls") + "[" + i + "]", section);
        }
    }

    private static String shortPath(Section section) {
        return section.path();
    }

    private void address(Tree item, String path, Section section) {
        UpstreamAddress address = section.parsed(item, path, UNREADABLE, Targets::upstream);
        if (address.equals(UNREADABLE)) {
            return;
        }
        if (addresses.contains(address)) {
            problems.error(item.at(), path + " is in the list twice", "remove one");
        } else if (!addresses.isEmpty() && addresses.getFirst().tls() != address.tls()) {
            problems.error(
                    item.at(), section.child("urls") + " mixes http and https", "use one scheme for all of a service");
        }
        addresses.add(address);
    }

    private UpstreamTls tls(Section upstream, Paths paths) {
        if (!upstream.has("tls")) {
            return UpstreamTls.DEFAULT;
        }
        Section section = upstream.section("tls", SettingsKeys.UPSTREAM_TLS);
        boolean plain = addresses.stream().noneMatch(a -> a.tls() || a.equals(UNREADABLE));
        if (plain) {
            problems.error(
                    upstream.placeOf("tls"),
                    upstream.child("tls") + " is set, but no url is https",
                    "write https:// or remove tls");
        }
        return new UpstreamTls(
                section.parsed("ca-file", null, paths::certificates),
                section.parsed("server-name", null, Targets::host));
    }

    private static UpstreamTimeouts timeouts(Section upstream) {
        Section section = upstream.section("timeouts", SettingsKeys.UPSTREAM_TIMEOUTS);
        UpstreamTimeouts usual = UpstreamTimeouts.DEFAULT;
        return new UpstreamTimeouts(
                section.parsed("connect", usual.connect(), t -> Amounts.duration(t, LONGEST_WAIT)),
                section.parsed("response", usual.response(), t -> Amounts.duration(t, LONGEST_WAIT)),
                section.parsed("idle", usual.idle(), t -> Amounts.duration(t, LONGEST_WAIT)));
    }
}
