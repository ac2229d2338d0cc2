// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.Names;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.TreeOptions;
import dev.hansard.boot.settings.yaml.Words;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.value.AgentName;
import dev.hansard.ports.value.Secret;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code agents}: who may connect to serve the services behind it. */
final class AgentsReader {
    /** How many agents there may be. */
    static final int MOST_AGENTS = 1_000;

    /** What nobody guesses, if it was made by chance: 128 bits in hexadecimal digits. */
    static final int LEAST_TOKEN = 32;

    private static final String TOKEN = "token";
    private static final int LONGEST_TOKEN = 4_096;

    private final Problems problems;
    private final Map<String, Secret> tokens = new TreeMap<>();

    AgentsReader(Section root) {
        this.problems = root.problems();
        List<Entry> entries = root.named("agents");
        if (entries.size() > MOST_AGENTS) {
            problems.error(root.placeOf("agents"), "there are more than " + MOST_AGENTS + " agents");
            return;
        }
        for (Entry entry : entries) {
            String path = root.child("agents") + "." + entry.key();
            if (Names.check(entry, path, problems)) {
                read(entry, path);
            }
        }
    }

    private void read(Entry entry, String path) {
        // Known even when its token is wrong: else each service behind it would be reported, too.
        tokens.put(entry.key(), Secret.of(""));
        if (!(entry.value() instanceof Tree.Mapping mapping)) {
            problems.error(
                    entry.value().at(),
                    path + " must be a mapping, but is " + entry.value().kind(),
                    "write { token: \"${file:PATH}\" }");
            return;
        }
        Section _ = Section.open(mapping, path, SettingsKeys.AGENT, problems);
        var options = new TreeOptions(entry.key(), mapping, path, problems);
        try {
            Secret token = options.secret(TOKEN);
            String clear = token.reveal();
            boolean isFit = clear.length() >= LEAST_TOKEN
                    && clear.length() <= LONGEST_TOKEN
                    && clear.chars().allMatch(c -> c > ' ' && c < 127);
            if (!isFit) {
                // Not misfit: that shows the value where it stands in the file.
                throw new InvalidOptionException(
                        TOKEN,
                        "must be " + LEAST_TOKEN + " or more printable ASCII characters without blanks, but is not;"
                                + " make one with: openssl rand -hex 32");
            }
            tokens.put(entry.key(), token);
        } catch (InvalidOptionException e) {
            options.complain(e);
        }
    }

    /** The agent that a service is behind; null when it is behind none. */
    @Nullable
    AgentName of(Section service) {
        String name = service.has("via-agent") ? service.text("via-agent") : null;
        if (name == null) {
            return null;
        }
        if (tokens.containsKey(name)) {
            return new AgentName(name);
        }
        problems.error(
                service.placeOf("via-agent"),
                service.child("via-agent") + " must be one of agents, but is '" + name + "'",
                Words.closest(name, tokens.keySet())
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse("write agents: { NAME: { token: \"${file:PATH}\" } }"));
        return new AgentName("unknown");
    }

    /** The token of each agent. */
    Map<AgentName, Secret> tokens() {
        Map<AgentName, Secret> named = new TreeMap<>();
        tokens.forEach((name, token) -> named.put(new AgentName(name), token));
        return named;
    }
}
