// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Words;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code match} list of every service, and finds two that want the same calls. */
final class MatchReader {
    /** How many ways there may be to reach a service. */
    static final int MOST_MATCHES = 64;

    private final Set<String> listeners;
    private final Problems problems;
    private final List<Claim> claims = new ArrayList<>();

    MatchReader(Set<String> listeners, Problems problems) {
        this.listeners = listeners;
        this.problems = problems;
    }

    /** A match with its owner and place. */
    private record Claim(ServiceName service, Match match, Position at, boolean written) {
        List<Object> what() {
            return List.of(
                    Objects.requireNonNullElse(match.host(), ""), Objects.requireNonNullElse(match.pathPrefix(), ""));
        }

        boolean sharesListenerWith(Claim other) {
            return match.listener() == null
                    || other.match.listener() == null
                    || match.listener().equals(other.match.listener());
        }
    }

    List<Match> read(Section service, ServiceName name, Position serviceAt) {
        if (!service.has("match")) {
            List<Match> usual = usual(name);
            usual.forEach(match -> claims.add(new Claim(name, match, serviceAt, false)));
            return usual;
        }
        List<Match> matches = new ArrayList<>();
        List<Tree> items = service.items("match");
        if (items.isEmpty()) {
            problems.error(
                    service.placeOf("match"),
                    service.child("match") + " is empty, so that nothing could reach the service",
                    "leave it out to match the path /" + name + " and the host " + name);
        }
        if (items.size() > MOST_MATCHES) {
            problems.error(service.placeOf("match"), service.child("match") + " has more than " + MOST_MATCHES);
        }
        for (int i = 0; i < items.size(); i++) {
            Tree item = items.get(i);
            Match match = one(item, service.child("match") + "[" + i + "]");
            claims.add(new Claim(name, match, item.at(), true));
            matches.add(match);
        }
        return matches.isEmpty() ? usual(name) : matches;
    }

    /** The first path segment, which the upstream does not see, or the Host. */
    private static List<Match> usual(ServiceName name) {
        return List.of(new Match(null, null, "/" + name, true), new Match(null, name.value(), null, false));
    }

    private Match one(Tree item, String path) {
        Section section = Section.open(item, path, SettingsKeys.MATCH, problems);
        String host = section.parsed("host", null, Targets::host);
        String prefix = section.parsed("path-prefix", null, Targets::pathPrefix);
        boolean strip = section.truth("strip-prefix", false);
        if (!section.has("listener") && !section.has("host") && !section.has("path-prefix")) {
            problems.error(
                    item.at(), path + " matches nothing in particular", "to match every call, write path-prefix: /");
        }
        if (strip && !section.has("path-prefix")) {
            problems.error(
                    section.placeOf("strip-prefix"),
                    section.child("strip-prefix") + " is true, but there is no path-prefix",
                    "add path-prefix or remove strip-prefix");
        }
        boolean everyPath = "/".equals(prefix);
        return new Match(listener(section), host, everyPath ? null : prefix, strip && !everyPath);
    }

    private @Nullable String listener(Section section) {
        String name = section.text("listener");
        if (name == null || listeners.contains(name)) {
            return name;
        }
        String hint = Words.closest(name, listeners)
                .map(word -> "did you mean '" + word + "'?")
                .orElseGet(() -> "there are: "
                        + String.join(", ", listeners.stream().sorted().toList()));
        Tree value = Objects.requireNonNull(section.find("listener"));
        problems.error(value.at(), section.child("listener") + " names no listener", hint);
        return null;
    }

    /** Reports matches that want the same calls; said at the later one, or at the one that is written out. */
    void checkOverlaps() {
        Map<List<Object>, List<Claim>> alike = new HashMap<>();
        for (Claim later : claims) {
            List<Claim> earlier = alike.computeIfAbsent(later.what(), _ -> new ArrayList<>());
            Optional<Claim> rival =
                    earlier.stream().filter(later::sharesListenerWith).findFirst();
            rival.ifPresentOrElse(
                    claim -> report(
                            later.written() || !claim.written() ? later : claim, later.written() ? claim : later),
                    () -> earlier.add(later));
        }
    }

    private void report(Claim at, Claim other) {
        String owner =
                at.service().equals(other.service()) ? "another match of it" : "service '" + other.service() + "'";
        problems.error(
                at.at(),
                "a match of service '" + at.service() + "' wants the same calls as " + owner,
                "make host, path-prefix or listener differ");
    }
}
