// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.Loading.Loaded;
import dev.hansard.boot.settings.Loading.Rejected;
import dev.hansard.boot.settings.credential.CredentialsReader;
import dev.hansard.boot.settings.identity.IdentityReader;
import dev.hansard.boot.settings.identity.ProviderTypes;
import dev.hansard.boot.settings.masking.MaskingReader;
import dev.hansard.boot.settings.policy.PolicyReader;
import dev.hansard.boot.settings.retention.RetentionReader;
import dev.hansard.boot.settings.sinks.SinksReader;
import dev.hansard.boot.settings.storage.StorageReader;
import dev.hansard.boot.settings.storage.StorageTypes;
import dev.hansard.boot.settings.yaml.Files;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.YamlReader;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.value.ServiceName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Loads a configuration strictly: what is unknown, contradictory or not available yet is refused, and everything that
 * is wrong is said at once. Names are not looked up and nothing is connected to, and nothing is
 * opened but the files of the configuration and the ones with certificates and keys that it names.
 */
public final class SettingsLoader {
    private final Map<String, String> environment;
    private final Files files;
    private final TlsFiles tls;
    private final Languages languages;
    private final ProviderTypes providers;
    private final StorageTypes stores;

    /**
     * @param environment for {@code ${env:NAME}}
     * @param languages compile the programs in it
     * @param providers the types of identity providers
     * @param stores the types of storage
     */
    public SettingsLoader(
            Map<String, String> environment,
            Files files,
            TlsFiles tls,
            Languages languages,
            ProviderTypes providers,
            StorageTypes stores) {
        this.environment = Map.copyOf(environment);
        this.files = files;
        this.tls = tls;
        this.languages = languages;
        this.providers = providers;
        this.stores = stores;
    }

    public Loading load(Path file) {
        var problems = new Problems();
        var reader = new YamlReader(environment, files, problems);
        Tree document = reader.read(file);
        if (document == null) {
            return new Rejected(problems.sorted());
        }
        Section root = Section.open(document, "", SettingsKeys.ROOT, problems);
        List<Tree> documents = new ArrayList<>(List.of(document));
        Settings settings = read(root, file, reader, documents);
        return problems.hasErrors()
                ? new Rejected(problems.sorted())
                : new Loaded(settings, problems.sorted(), OutsideValues.in(documents));
    }

    private Settings read(Section root, Path file, YamlReader reader, List<Tree> documents) {
        Problems problems = root.problems();
        Paths paths = Paths.besides(file, tls);
        var node = new NodeReader(root);
        node.version();
        var identity = new IdentityReader(root, providers);
        var listeners = new ListenersReader(root, identity, paths);
        var masking = new MaskingReader(root, languages.patterns());
        var policies = new PolicyReader(root, languages.expressions());
        var matches = new MatchReader(listeners.names(), problems);
        var retention = new RetentionReader(root);
        var upstreams = new Upstreams(new CredentialsReader(problems, environment, files), new AgentsReader(root));
        var services = new ServicesReader(problems, matches, identity, masking, retention, upstreams);
        services.readAll(root.named("services"), paths);
        for (Path included : new Includes(files, paths, problems).of(root)) {
            Tree document = reader.read(included);
            if (document != null) {
                documents.add(document);
                Section section = Section.open(document, "", SettingsKeys.INCLUDED, problems);
                services.readAll(section.named("services"), Paths.besides(included, tls));
                masking.include(section);
                policies.include(section);
            }
        }
        if (services.services().isEmpty() && !problems.hasErrors()) {
            problems.error(
                    root.placeOf("services"), "there are no services", "write services: { name: http://host:port }");
        }
        matches.checkOverlaps();
        Set<ServiceName> names = services.services().stream().map(Service::name).collect(Collectors.toSet());
        identity.check(names);
        return new Settings(
                listeners.listeners(),
                node.admin(listeners.listeners(), identity),
                identity.settings(),
                node.audit(),
                new StorageReader(root, stores).read(paths::resolve),
                node.ledger(paths),
                node.log(),
                services.services(),
                masking.settings(),
                policies.settings(names),
                node.reload(),
                retention.settings(names),
                upstreams.credentials(),
                services.limits(),
                new SinksReader(root).read(),
                upstreams.agents());
    }
}
