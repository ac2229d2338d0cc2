// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.credential;

import dev.hansard.boot.settings.credential.CredentialSettings.Configured;
import dev.hansard.boot.settings.yaml.Files;
import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.TreeOptions;
import dev.hansard.boot.settings.yaml.Words;
import dev.hansard.core.credential.OnReflection;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.exchange.UpstreamTls;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.value.ServiceName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what services say about credentials. */
public final class CredentialsReader {
    /** How many credentials a service may have. */
    static final int MOST_CREDENTIALS = 8;

    private final Problems problems;
    private final CredentialTypes types;
    private final Map<String, Position> names = new HashMap<>();
    private final Map<ServiceName, List<Configured>> services = new LinkedHashMap<>();
    private final Map<ServiceName, OnReflection> onReflection = new HashMap<>();

    /** @param environment for {@code ${env:NAME}} */
    public CredentialsReader(Problems problems, Map<String, String> environment, Files files) {
        this.problems = problems;
        this.types = new CredentialTypes(new SecretReader(environment, files));
    }

    /** All that was read. */
    public CredentialSettings settings() {
        return new CredentialSettings(services, onReflection);
    }

    /**
     * Reads those of one service.
     *
     * @param certificates looks into the files of a client certificate
     * @return how the service's upstreams are connected to then
     */
    public UpstreamTls service(
            Section service,
            ServiceName name,
            List<UpstreamAddress> upstreams,
            UpstreamTls tls,
            CertificateFiles certificates) {
        List<Tree> items = service.items(CredentialKeys.CREDENTIALS);
        String path = service.child(CredentialKeys.CREDENTIALS);
        if (items.size() > MOST_CREDENTIALS) {
            problems.error(
                    service.placeOf(CredentialKeys.CREDENTIALS),
                    path + " has more than " + MOST_CREDENTIALS + " entries");
            return tls;
        }
        var reading = new ServiceReading(name, upstreams, tls, certificates);
        for (int i = 0; i < items.size(); i++) {
            read(items.get(i), path + "[" + i + "]", reading);
        }
        if (!reading.configured().isEmpty()) {
            services.put(name, reading.configured());
        }
        reflection(service, name, items.isEmpty());
        return reading.tls();
    }

    private void reflection(Section service, ServiceName name, boolean hasNone) {
        if (!service.has(CredentialKeys.ON_REFLECTION)) {
            return;
        }
        if (hasNone) {
            problems.error(
                    service.placeOf(CredentialKeys.ON_REFLECTION),
                    service.child(CredentialKeys.ON_REFLECTION) + " is set, but the service has no credentials",
                    "remove it");
        }
        onReflection.put(
                name,
                service.choice(
                        CredentialKeys.ON_REFLECTION,
                        OnReflection.BLOCK,
                        Map.of("block", OnReflection.BLOCK, "redact", OnReflection.REDACT),
                        List.of()));
    }

    private void read(Tree item, String path, ServiceReading reading) {
        if (!(item instanceof Mapping mapping)) {
            problems.error(
                    item.at(),
                    path + " must be a mapping, but is " + item.kind(),
                    "write { type: bearer, token: \"${file:PATH}\" }");
            return;
        }
        var options = new TreeOptions(path, mapping, path, problems);
        try {
            String type = type(options, mapping, path);
            String name = type == null ? null : name(options, type, mapping, path, reading.service());
            if (type != null && name != null) {
                reading.add(types.read(type, name, options, reading));
                options.reportUnknown();
            }
        } catch (InvalidOptionException e) {
            options.complain(e);
        }
    }

    private @Nullable String type(TreeOptions options, Mapping mapping, String path) {
        if (!options.has(CredentialKeys.TYPE)) {
            problems.error(mapping.at(), path + ".type is missing", "known: " + String.join(", ", CredentialTypes.ALL));
            return null;
        }
        String type = options.text(CredentialKeys.TYPE);
        if (CredentialTypes.ALL.contains(type)) {
            return type;
        }
        problems.error(
                options.placeOf(CredentialKeys.TYPE),
                path + ".type must be one of " + String.join(", ", CredentialTypes.ALL) + ", but is "
                        + options.shown(CredentialKeys.TYPE),
                Words.closest(type, CredentialTypes.ALL)
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse(""));
        return null;
    }

    private @Nullable String name(TreeOptions options, String type, Mapping mapping, String path, ServiceName service) {
        String usual = service.value() + "-" + type;
        String name = options.text(CredentialKeys.ID, usual);
        if (!name.matches("[a-z0-9][a-z0-9-]{0,126}")) {
            throw options.misfit(CredentialKeys.ID, "1 to 127 of a-z 0-9 and -");
        }
        Position first = names.putIfAbsent(name, mapping.at());
        if (first == null) {
            return name;
        }
        problems.error(
                mapping.at(),
                path + " has the name '" + name + "', which the one at " + first + " has too",
                "write id: a-name-of-its-own");
        return null;
    }
}
