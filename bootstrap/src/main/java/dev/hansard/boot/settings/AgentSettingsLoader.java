// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.credential.CredentialSettings;
import dev.hansard.boot.settings.credential.CredentialSettings.PerCaller;
import dev.hansard.boot.settings.credential.CredentialsReader;
import dev.hansard.boot.settings.yaml.Files;
import dev.hansard.boot.settings.yaml.Names;
import dev.hansard.boot.settings.yaml.Problem;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.boot.settings.yaml.YamlReader;
import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Loads the configuration of an agent, as strictly as a node's: the services behind it, by the names that the gateway
 * has for them, and what lets requests in there.
 */
public final class AgentSettingsLoader {
    private final Map<String, String> environment;
    private final Files files;
    private final TlsFiles tls;

    /** @param environment for {@code ${env:NAME}} */
    public AgentSettingsLoader(Map<String, String> environment, Files files, TlsFiles tls) {
        this.environment = Map.copyOf(environment);
        this.files = files;
        this.tls = tls;
    }

    /** What came of loading it. */
    public sealed interface Loaded {
        record Right(AgentSettings settings) implements Loaded {}

        /** It cannot be used; everything that is wrong with it, in the order of the file. */
        record Wrong(List<Problem> problems) implements Loaded {
            public Wrong {
                problems = List.copyOf(problems);
            }
        }
    }

    public Loaded load(Path file) {
        var problems = new Problems();
        Tree document = new YamlReader(environment, files, problems).read(file);
        if (document == null) {
            return new Loaded.Wrong(problems.sorted());
        }
        Section root = Section.open(document, "", SettingsKeys.AGENT_ROOT, problems);
        var node = new NodeReader(root);
        node.version();
        var credentials = new CredentialsReader(problems, environment, files);
        List<Service> services = services(root, credentials, Paths.besides(file, tls));
        CredentialSettings added = credentials.settings();
        LogSettings log = node.log();
        return problems.hasErrors()
                ? new Loaded.Wrong(problems.sorted())
                : new Loaded.Right(new AgentSettings(services, added, log, problems.sorted()));
    }

    private static List<Service> services(Section root, CredentialsReader credentials, Paths paths) {
        Problems problems = root.problems();
        List<Entry> entries = root.named("services");
        List<Service> services = new ArrayList<>();
        if (entries.size() > ServicesReader.MOST_SERVICES) {
            problems.error(
                    root.placeOf("services"), "there are more than " + ServicesReader.MOST_SERVICES + " services");
            return services;
        }
        for (Entry entry : entries) {
            if (Names.check(entry, "services." + entry.key(), problems)) {
                services.add(service(entry, credentials, paths, problems));
            }
        }
        if (entries.isEmpty() && !problems.hasErrors()) {
            problems.error(
                    root.placeOf("services"), "there are no services", "write services: { name: http://host:port }");
        }
        return services;
    }

    private static Service service(Entry entry, CredentialsReader credentials, Paths paths, Problems problems) {
        String path = "services." + entry.key();
        // The short form is the upstream alone.
        Tree written = entry.value() instanceof Scalar url
                ? new Mapping(url.at(), List.of(new Entry(url.at(), "upstream", url)))
                : entry.value();
        Section section = Section.open(written, path, SettingsKeys.AGENT_SERVICE, problems);
        var name = new ServiceName(entry.key());
        var upstream = new UpstreamReader(section, entry.at(), paths);
        UpstreamTls shown = credentials.service(section, name, upstream.addresses(), upstream.tls(), paths);
        boolean isPerCaller = credentials.settings().services().getOrDefault(name, List.of()).stream()
                .anyMatch(PerCaller.class::isInstance);
        if (isPerCaller) {
            problems.error(
                    section.placeOf("credentials"),
                    section.child("credentials") + " has one of type token-exchange, but callers' tokens end at the"
                            + " gateway",
                    "choose another type, or reach the service without an agent");
        }
        return new Service(
                name,
                upstream.addresses(),
                shown,
                upstream.timeouts(),
                List.of(Match.ANY),
                RecordPolicy.DEFAULT,
                RetentionClass.DEFAULT,
                Map.of());
    }
}
